//! Letters by which the next computer comes in (FORMAT.md section 9).

use super::WriteSide;
use crate::krets::Drawing;
use crate::{Code, Error};
use radrum_domain::ItemKey;
use radrum_seal::{Asking, Inviting, SixDigits};
use radrum_store::{LetterRole, LetterRow};
use radrum_wire::{
    Facts, Invitation, ItemId, JoinRequest, Record as _, Salt, SealedRequest, SealedWelcome,
};

/// The third wrong answer uses an invitation up.
const WRONG_MAX: u32 = 3;

/// Who is invited where.
#[derive(Debug, Clone)]
pub(crate) struct Invited {
    pub municipality: ItemId,
    /// What it is called.
    pub place: String,
    /// Until when a guest comes, UTC ms.
    pub guest_until: Option<i64>,
    /// The member whose next computer it is.
    pub member: Option<ItemId>,
}

/// This device in its krets, in numbers.
#[derive(Debug, Clone, Copy)]
pub(crate) struct KretsSummary {
    pub joined: bool,
    /// It does not belong any more.
    pub ended: bool,
    pub admin: bool,
    pub devices: u32,
}

impl WriteSide {
    pub fn krets_summary(&self, municipality: Option<ItemKey>) -> KretsSummary {
        let Some(krets) = &self.krets else {
            return KretsSummary {
                joined: false,
                ended: false,
                admin: false,
                devices: 1,
            };
        };
        let key = krets.keys.sign_key();
        let admin = municipality.is_some_and(|of| krets.members.is_admin(&key, of.id()));
        KretsSummary {
            joined: true,
            ended: krets.own_grant().is_some() && !krets.belongs(),
            admin,
            devices: u32::try_from(krets.members.active().count()).unwrap_or(u32::MAX),
        }
    }

    pub fn invite(&mut self, inviter: &str, whom: Invited) -> Result<Invitation, Error> {
        let krets = self.in_krets()?;
        let now = self.world.clock.now_ms();
        let relays = self.writer.read().krets()?.map(|row| row.relays);
        let inviting = Inviting {
            inviter: inviter.to_string(),
            municipality: whom.municipality,
            relays: relays.unwrap_or_default(),
            made_at: now,
            place: whom.place,
            guest_until: whom.guest_until,
            member: whom.member,
        };
        let mut drawing = Drawing(&self.world);
        let invitation = radrum_seal::invite(inviting, &krets.members, &krets.keys, &mut drawing)?;
        self.keep_letter(&LetterRow {
            id: invitation.id(),
            role: LetterRole::Inviting,
            invitation: encoded(&invitation)?,
            request: None,
            question: String::new(),
            wrong: 0,
            made_at: now,
        })?;
        Ok(invitation)
    }

    pub fn ask_to_join(
        &mut self,
        invitation: &Invitation,
        name: &str,
    ) -> Result<SealedRequest, Error> {
        self.check_outside()?;
        self.check_restored(invitation.region)?;
        if let Some(known) = self.writer.read().letter(invitation.id())?
            && !known.question.is_empty()
        {
            return Err(Error::new(Code::LetterUsedUp, "frozen by a question"));
        }
        let keys = self.keys.read_or_make(&self.world)?;
        let asking = Asking {
            device: self.profile.device,
            log: self.profile.log,
            name: name.to_string(),
            members: self.own_members(),
        };
        let mut drawing = Drawing(&self.world);
        let (request, sealed) = radrum_seal::ask(invitation, asking, &keys, &mut drawing)?;
        self.keep_letter(&LetterRow {
            id: invitation.id(),
            role: LetterRole::Asking,
            invitation: encoded(invitation)?,
            request: Some(encoded(&request)?),
            question: String::new(),
            wrong: 0,
            made_at: self.world.clock.now_ms(),
        })?;
        Ok(sealed)
    }

    /// The request once more, for whoever lost the text. It is another letter around the same
    /// request, so a question that was asked stands.
    pub fn request_again(&mut self, id: Salt) -> Result<SealedRequest, Error> {
        let letter = self.letter(id, LetterRole::Asking)?;
        let (invitation, request) = (invitation_of(&letter)?, request_of(&letter)?);
        let mut drawing = Drawing(&self.world);
        Ok(radrum_seal::seal_request(
            &invitation,
            &request,
            &mut drawing,
        )?)
    }

    /// Opens a request and draws the question: never before the request has come.
    pub fn open_request(&mut self, sealed: &SealedRequest) -> Result<(String, SixDigits), Error> {
        let mut letter = self.letter(sealed.invitation, LetterRole::Inviting)?;
        let invitation = invitation_of(&letter)?;
        let request = radrum_seal::read_request(&invitation, sealed)?;
        let question = SixDigits::draw(&mut Drawing(&self.world))?;
        letter.request = Some(encoded(&request)?);
        letter.question = question.to_string();
        self.keep_letter(&letter)?;
        Ok((request.name, question))
    }

    pub fn answer_check(&mut self, id: Salt, question: SixDigits) -> Result<SixDigits, Error> {
        let mut letter = self.letter(id, LetterRole::Asking)?;
        let (invitation, request) = (invitation_of(&letter)?, request_of(&letter)?);
        // From now on these letters are the ones that were compared.
        letter.question = question.to_string();
        self.keep_letter(&letter)?;
        Ok(radrum_seal::answer(question, &invitation, &request)?)
    }

    pub fn approve(&mut self, id: Salt, spoken: SixDigits) -> Result<SealedWelcome, Error> {
        let mut letter = self.letter(id, LetterRole::Inviting)?;
        let (invitation, request) = (invitation_of(&letter)?, request_of(&letter)?);
        let question: SixDigits = letter.question.parse()?;
        let facts = Facts(self.writer.read().facts()?);
        let krets = self.in_krets()?;
        let approved = radrum_seal::approve(
            (&invitation, &request),
            (question, spoken),
            (&krets.members, &facts),
            &krets.epochs,
            &krets.keys,
            &mut Drawing(&self.world),
        );
        match approved {
            Ok(approved) => {
                self.say_facts(&approved.facts, None)?;
                self.say_roster()?;
                self.end_letter(id)?;
                Ok(approved.welcome)
            }
            Err(error) => {
                letter.wrong += 1;
                if letter.wrong >= WRONG_MAX {
                    self.end_letter(id)?;
                    return Err(Error::new(Code::LetterUsedUp, "third wrong answer"));
                }
                // Each answer has its own question.
                letter.question = SixDigits::draw(&mut Drawing(&self.world))?.to_string();
                self.keep_letter(&letter)?;
                let mut told = Error::from(error);
                told.args = serde_json::json!({ "question": letter.question });
                Err(told)
            }
        }
    }

    pub fn accept_welcome(&mut self, sealed: &SealedWelcome) -> Result<(), Error> {
        let letter = self.letter(sealed.invitation, LetterRole::Asking)?;
        if letter.question.is_empty() {
            return Err(Error::new(Code::WrongCheckCode, "codes were not compared"));
        }
        let keys = self.keys.read_or_make(&self.world)?;
        let (invitation, request) = (invitation_of(&letter)?, request_of(&letter)?);
        let joined = radrum_seal::accept((&invitation, &request), sealed, &keys)?;
        self.join_krets(joined)?;
        self.end_letter(letter.id)
    }

    fn letter(&self, id: Salt, role: LetterRole) -> Result<LetterRow, Error> {
        let letter = self.writer.read().letter(id)?;
        letter
            .filter(|letter| letter.role == role)
            .ok_or_else(|| Error::new(Code::LetterUsedUp, "no such letter"))
    }

    fn keep_letter(&mut self, letter: &LetterRow) -> Result<(), Error> {
        let tx = self.writer.begin()?;
        tx.put_letter(letter)?;
        Ok(tx.commit()?)
    }

    fn end_letter(&mut self, id: Salt) -> Result<(), Error> {
        let tx = self.writer.begin()?;
        tx.end_letter(id)?;
        Ok(tx.commit()?)
    }
}

fn encoded<R: radrum_wire::Record>(record: &R) -> Result<Vec<u8>, Error> {
    record
        .encode_record()
        .map_err(|error| Error::new(Code::BadLetter, error.code()))
}

fn invitation_of(letter: &LetterRow) -> Result<Invitation, Error> {
    Invitation::decode_record(&letter.invitation)
        .map_err(|error| Error::bug(format!("kept invitation: {}", error.code())))
}

fn request_of(letter: &LetterRow) -> Result<JoinRequest, Error> {
    let missing = || Error::new(Code::BadLetter, "no request yet");
    let request = letter.request.as_ref().ok_or_else(missing)?;
    JoinRequest::decode_record(request)
        .map_err(|error| Error::bug(format!("kept request: {}", error.code())))
}
