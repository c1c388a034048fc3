//! How a line begins: connected, sealed, greeted, and the only one with that device.

use super::LanAddress;
use super::calls::{Called, Place};
use super::greeting::{Turned, greet};
use super::line::{self, Parted};
use super::shared::Shared;
use super::status::LanStatus;
use super::tls::Sealed;
use radrum_sync::Host;
use radrum_wire::AuthKey;
use radrum_wire::lan::Side;
use radrum_wire::limits::LAN_HANDSHAKE_S;
use std::net::{IpAddr, SocketAddr};
use std::time::Duration;
use tokio::net::{TcpStream, lookup_host};
use tokio::time::timeout;

/// How long to knock at a computer that does not answer at all.
const CONNECT: Duration = Duration::from_secs(5);

/// How long both ends have until both are proved.
const GREETING: Duration = Duration::from_secs(LAN_HANDSHAKE_S);

/// Most addresses of one name that are called.
const LOOKED_UP_MAX: usize = 8;

/// Calls somebody and stays with him until the line ends.
pub(super) async fn call<H: Host, F: Fn(LanStatus)>(place: Place, shared: &Shared<H, F>) -> Called {
    let places = match place {
        Place::Found(places) => places,
        Place::Typed(address) => look_up(&address).await,
    };
    for place in places {
        let Ok(Ok(stream)) = timeout(CONNECT, TcpStream::connect(place)).await else {
            continue;
        };
        let greeting = async {
            let _ = stream.set_nodelay(true);
            let sealed = shared.tls.call(stream).await;
            let mut sealed = sealed.map_err(|_| Turned::Lost)?;
            let key = greet(&mut sealed, Side::Caller, shared.own, &shared.host).await?;
            Ok((sealed, key))
        };
        match timeout(GREETING, greeting).await {
            Ok(Ok((sealed, key))) => {
                return match meet(sealed, Side::Caller, key, place.ip(), shared).await {
                    Some(Parted::Met) => Called::Met(key),
                    None if shared.has_line(key) => Called::Met(key),
                    Some(Parted::Fruitless) | None => Called::Nobody,
                };
            }
            Ok(Err(Turned::Own)) => return Called::Own,
            // Another device may have that address, and the right one be at the next.
            Ok(Err(_)) | Err(_) => {}
        }
    }
    Called::Nobody
}

async fn look_up(address: &LanAddress) -> Vec<SocketAddr> {
    let found = timeout(CONNECT, lookup_host(address.to_string())).await;
    match found {
        Ok(Ok(found)) => found.take(LOOKED_UP_MAX).collect(),
        Ok(Err(_)) | Err(_) => Vec::new(),
    }
}

/// Lets a caller in who proves that he is a member, and stays with him until the line ends.
pub(super) async fn answer<H: Host, F: Fn(LanStatus)>(
    stream: TcpStream,
    from: IpAddr,
    shared: &Shared<H, F>,
) {
    let greeting = async {
        let _ = stream.set_nodelay(true);
        let sealed = shared.tls.answer(stream).await;
        let mut sealed = sealed.map_err(|_| Turned::Lost)?;
        let key = greet(&mut sealed, Side::Called, shared.own, &shared.host).await?;
        Ok::<_, Turned>((sealed, key))
    };
    let greeted = timeout(GREETING, greeting).await;
    shared.lines.borrow_mut().left(from);
    if let Ok(Ok((sealed, key))) = greeted {
        meet(sealed, Side::Called, key, from, shared).await;
    }
}

/// Round after round with a member; none when there is a better line with that device, or no
/// room for one.
async fn meet<H: Host, F: Fn(LanStatus)>(
    sealed: Sealed,
    side: Side,
    key: AuthKey,
    from: IpAddr,
    shared: &Shared<H, F>,
) -> Option<Parted> {
    let mut admitted = shared.admit(key, side, from)?;
    let parted = line::run(sealed.stream, key, &mut admitted.replaced, shared).await;
    shared.closed(key, &admitted);
    Some(parted)
}
