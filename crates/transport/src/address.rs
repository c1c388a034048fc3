use radrum_wire::limits::NAME_BYTES_MAX;
use radrum_wire::relay::Path;
use reqwest::Url;
use std::net::IpAddr;
use std::str::FromStr;

/// Where a relay is: `https`, a host, and below it a path if a proxy serves others too.
///
/// Without TLS only on this computer: the token would be read by whoever listens, and shows
/// which offices work when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Address {
    url: Url,
    is_loopback: bool,
}

/// Why an address is of no use.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum AddressError {
    /// Not an address, or one with a name, a password, a query or a fragment in it.
    #[error("not the address of a relay")]
    Form,
    /// `http` to another computer, or another scheme.
    #[error("not https")]
    NotHttps,
}

impl AddressError {
    /// Stable name for logs and for the interface.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Form => "address_form",
            Self::NotHttps => "address_not_https",
        }
    }
}

impl FromStr for Address {
    type Err = AddressError;

    fn from_str(text: &str) -> Result<Self, AddressError> {
        let text = text.trim();
        if text.len() > NAME_BYTES_MAX {
            return Err(AddressError::Form);
        }
        let url = Url::parse(text).map_err(|_| AddressError::Form)?;
        let host = url.host_str().ok_or(AddressError::Form)?;
        let has_more = !url.username().is_empty()
            || url.password().is_some()
            || url.query().is_some()
            || url.fragment().is_some();
        if has_more {
            return Err(AddressError::Form);
        }
        let is_loopback = is_loopback(host);
        match url.scheme() {
            "https" => {}
            "http" if is_loopback => {}
            _ => return Err(AddressError::NotHttps),
        }
        Ok(Self { url, is_loopback })
    }
}

fn is_loopback(host: &str) -> bool {
    let host = host.trim_start_matches('[').trim_end_matches(']');
    let address = host.parse::<IpAddr>();
    host == "localhost" || address.is_ok_and(|address| address.is_loopback())
}

impl Address {
    /// The address of one path.
    pub(crate) fn of(&self, path: Path) -> Url {
        let mut url = self.url.clone();
        let below = self.url.path().trim_end_matches('/');
        url.set_path(&format!("{below}{path}"));
        url
    }

    /// Whether it is on this computer, where no proxy leads.
    pub(crate) const fn is_loopback(&self) -> bool {
        self.is_loopback
    }

    pub(crate) fn is_https(&self) -> bool {
        self.url.scheme() == "https"
    }
}

#[cfg(test)]
mod tests {
    use super::{Address, AddressError};
    use radrum_wire::RegionId;
    use radrum_wire::relay::Path;

    fn parse(text: &str) -> Result<Address, AddressError> {
        text.parse()
    }

    #[test]
    fn only_this_computer_is_called_without_tls() {
        for text in [
            "https://relay.example",
            "https://relay.example:8443/radrum/",
            "http://127.0.0.1:8440",
            "http://localhost:8440/",
            "http://[::1]:8440",
            " https://räl.example ",
        ] {
            assert!(parse(text).is_ok(), "{text}");
        }
        for text in [
            "http://relay.example",
            "http://10.0.0.1",
            "http://127.0.0.1.relay.example",
            "http://localhost.relay.example",
            "ftp://relay.example",
            "wss://relay.example",
        ] {
            assert_eq!(parse(text), Err(AddressError::NotHttps), "{text}");
        }
    }

    #[test]
    fn an_address_carries_no_name_no_password_and_no_query() {
        for text in [
            "",
            "relay.example",
            "https://",
            "https://a@relay.example",
            "https://a:b@relay.example",
            "https://relay.example/?a=b",
            "https://relay.example/#a",
            "file:///etc/hosts",
            &format!("https://{}.example", "a".repeat(240)),
        ] {
            assert_eq!(parse(text), Err(AddressError::Form), "{text}");
        }
    }

    #[test]
    fn paths_stand_below_the_address() {
        let region = RegionId::from_bytes([0xab; 16]);
        for (text, start) in [
            ("https://relay.example", "https://relay.example/v1/krets/"),
            (
                "https://relay.example/a/b/",
                "https://relay.example/a/b/v1/krets/",
            ),
        ] {
            let url = parse(text).expect("address").of(Path::State(region));
            let krets = "ab".repeat(16);
            assert_eq!(url.as_str(), format!("{start}{krets}/state"));
        }
    }
}
