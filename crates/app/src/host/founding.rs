//! A new profile: whoever founds a krets, or was invited into one.

use super::trouble::{ready, secret_error, trouble_of_secret};
use super::{Host, Opened, Setup, State};
use crate::api::{Found, Join, StartState, Trouble};
use crate::content::Pack;
use crate::profile::ProfileFolder;
use crate::secret::{PassphraseFile, SecretStore};
use crate::starter::Founder;
use crate::{Code, Error, Session, World};
use radrum_domain::{ItemKey, Kind};
use radrum_store::{DbKey, Opening, Profile};
use radrum_wire::{DeviceId, Invitation, LogId, RegionId};
use std::sync::Arc;

impl Host {
    /// Makes a new profile for somebody who was invited, without starter content: the krets
    /// has its own. Asks to join with it.
    ///
    /// # Errors
    /// As [`Host::found`]; [`Code::Example`] for an invitation to the Exempelkrets.
    pub(crate) fn join(&self, invitation: &Invitation, args: &Join) -> Result<StartState, Error> {
        if invitation.region == RegionId::EXAMPLE {
            return Err(Error::new(Code::Example, "invitation"));
        }
        let found = Found {
            region: invitation.krets.clone(),
            municipality: invitation.place.clone(),
            name: args.name.clone(),
            role: args.role.clone(),
            passphrase: args.passphrase.clone(),
        };
        self.found_as(&found, Some(invitation))
    }

    /// Makes a new profile. In order: key, key check, database; a crash between leaves what
    /// the next start can tell apart, and nothing of value.
    pub(crate) fn found(&self, args: &Found) -> Result<StartState, Error> {
        self.found_as(args, None)
    }

    fn found_as(&self, args: &Found, invitation: Option<&Invitation>) -> Result<StartState, Error> {
        let mut state = self.state();
        let setup = self.setup();
        let State::Waiting(folder) = std::mem::replace(&mut *state, State::Closed) else {
            drop(state);
            return Ok(self.start());
        };
        if folder.database().exists() {
            *state = State::Waiting(folder);
            return Err(Error::new(Code::Busy, "there is a profile already"));
        }
        let made = self.make_profile(&setup, &folder, args, invitation);
        match made {
            Ok(session) => {
                let session = Arc::new(session);
                *state = State::Open(Opened::new(&session, folder));
                Ok(ready(&session))
            }
            Err(error) => {
                tracing::error!(%error, "profile could not be made");
                // The half-made database holds starter content only; it is put aside, and the
                // user can try again with what she typed.
                let stamp = setup.world.clock.now_ms().to_string();
                let _ = folder.put_aside(&stamp);
                *state = State::Waiting(folder);
                Err(error)
            }
        }
    }

    fn make_profile(
        &self,
        setup: &Setup,
        folder: &ProfileFolder,
        args: &Found,
        invitation: Option<&Invitation>,
    ) -> Result<Session, Error> {
        let key = DbKey::new(setup.world.random()?);
        match &args.passphrase {
            Some(passphrase) => {
                PassphraseFile::new(folder.path()).seal(&setup.world, passphrase, &key)
            }
            None => setup.secrets.put(&folder.secret_name(), &key),
        }
        .map_err(|error| secret_error(&error))?;
        folder
            .write_key_check(setup.world.random()?, &key)
            .map_err(|error| Error::new(Code::ReadOnly, error.to_string()))?;
        let opening = Opening {
            path: folder.database(),
            key,
            planted: setup.planted,
        };
        let world = setup.world.clone();
        let region = args.region.trim().to_string();
        let session = Session::open(opening, world.clone(), self.events.clone(), || {
            new_profile(&world, RegionId::from_bytes(world.random()?), &region)
        })?;
        let founder = Founder {
            municipality: args.municipality.trim().to_string(),
            name: args.name.trim().to_string(),
            role: args.role.clone().filter(|role| !role.trim().is_empty()),
        };
        match invitation {
            None => {
                session.write_pack(&Pack::embedded()?)?;
                session.write_founder(founder)?;
            }
            Some(invitation) => {
                let (asked, name) = (invitation.clone(), founder.name.clone());
                match invitation.member {
                    // The next computer of somebody whose own page comes with the rest.
                    Some(member) => session.set_me(ItemKey::random(Kind::Member, member))?,
                    None => session.write_invited(founder, invitation.municipality)?,
                }
                session.on_writer(move |side| side.ask_to_join(&asked, &name).map(|_| ()))?;
            }
        }
        Ok(session)
    }
}

pub(super) fn new_key(
    setup: &Setup,
    folder: &ProfileFolder,
    store: &dyn SecretStore,
) -> Result<DbKey, Trouble> {
    let key = DbKey::new(setup.world.random().map_err(|_| Trouble::Unknown)?);
    store
        .put("", &key)
        .map_err(|error| trouble_of_secret(&error))?;
    let install = setup.world.random().map_err(|_| Trouble::Unknown)?;
    folder
        .write_key_check(install, &key)
        .map_err(|_| Trouble::ReadOnly)?;
    Ok(key)
}

pub(super) fn new_profile(world: &World, region: RegionId, name: &str) -> Result<Profile, Error> {
    Ok(Profile {
        region,
        region_name: name.to_string(),
        device: DeviceId::from_bytes(world.random()?),
        log: LogId::from_bytes(world.random()?),
        me: None,
        created_at: world.clock.now_ms(),
    })
}
