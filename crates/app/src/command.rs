//! The one command list. The shell, the web host and the tests call the same functions, and
//! the TypeScript contract is generated from the same list.

mod anonymous;
mod asking;
mod back;
mod backup;
mod bulletin;
mod edit;
mod erase;
mod grow;
mod hand_over;
mod introduction;
mod krets;
mod labels;
mod late;
mod letter_file;
mod mail;
mod members;
mod municipality;
mod news;
mod page;
mod questions;
mod records;
mod region;
mod road;
mod ruling;
mod since;
mod start;
mod statutes;
mod tour;

use crate::{Code, Error, Host};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use ts_rs::{Config, TS};

/// Arguments of a command that takes none.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, serde::Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct Nothing {}

/// A command's name with its types in TypeScript.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Contract {
    /// Name.
    pub name: &'static str,
    /// Type of the arguments.
    pub args: String,
    /// Type of the result.
    pub result: String,
}

macro_rules! commands {
    (host { $($hname:ident($hargs:ty) -> $hres:ty = $hbody:path;)+ }
     session { $($sname:ident($sargs:ty) -> $sres:ty = $sbody:path;)+ }) => {
        fn dispatch(host: &Host, name: &str, args: Value) -> Result<Value, Error> {
            match name {
                $(stringify!($hname) => {
                    let args: $hargs = read(args)?;
                    let result: $hres = $hbody(host, args)?;
                    answer(&result)
                })+
                $(stringify!($sname) => {
                    let args: $sargs = read(args)?;
                    let session = host.session()?;
                    let result: $sres = $sbody(&session, args)?;
                    answer(&result)
                })+
                _ => Err(Error::new(Code::BadArguments, "unknown command")),
            }
        }

        const NAMES: &[&str] = &[$(stringify!($hname),)+ $(stringify!($sname),)+];

        /// All commands with their types, for the generated bindings.
        #[must_use]
        pub fn contract(config: &Config) -> Vec<Contract> {
            vec![
                $(Contract {
                    name: stringify!($hname),
                    args: <$hargs as TS>::name(config),
                    result: <$hres as TS>::name(config),
                },)+
                $(Contract {
                    name: stringify!($sname),
                    args: <$sargs as TS>::name(config),
                    result: <$sres as TS>::name(config),
                },)+
            ]
        }

        /// Declarations of every type that a command names, by name.
        #[must_use]
        pub fn declarations(config: &Config) -> std::collections::BTreeMap<String, String> {
            let mut out = Declared {
                config,
                seen: std::collections::HashSet::new(),
                found: std::collections::BTreeMap::new(),
            };
            $(out.with::<$hargs>(); out.with::<$hres>();)+
            $(out.with::<$sargs>(); out.with::<$sres>();)+
            out.with::<crate::Event>();
            out.with::<crate::Code>();
            out.with::<radrum_domain::Rejected>();
            out.found
        }
    };
}

commands! {
    host {
        start(Nothing) -> crate::api::StartState = start::start;
        unlock(start::Unlock) -> crate::api::StartState = start::unlock;
        found(crate::api::Found) -> crate::api::StartState = start::found;
        put_aside(Nothing) -> crate::api::StartState = start::put_aside;
        use_standard_folder(Nothing) -> crate::api::StartState = start::use_standard_folder;
        export(region::Export) -> region::Exported = region::export;
        write_bundle(crate::api::BundleFile) -> crate::api::BundleWritten = road::write_bundle;
        read_bundle(crate::api::BundleFile) -> crate::api::BundleRead = road::read_bundle;
        join(crate::api::Join) -> crate::api::StartState = krets::join;
        found_krets(crate::api::FoundKrets) -> crate::api::RootKeys = krets::found_krets;
        accept_welcome(crate::api::LetterText) -> crate::api::KretsState = krets::accept_welcome;
        use_lan(crate::api::UseLan) -> crate::api::RoadState = road::use_lan;
        set_relays(crate::api::Relays) -> crate::api::RoadState = road::set_relays;
        letter_code(crate::api::LetterText) -> crate::api::LetterCode = letter_file::letter_code;
        write_letter(crate::api::LetterToFile) -> Acknowledged = letter_file::write_letter;
        read_letter(crate::api::LetterFile) -> crate::api::LetterText = letter_file::read_letter;
        write_erasures(crate::api::ErasureFile) -> Acknowledged = erase::write_erasures;
        write_backup(crate::api::BackupToFile) -> crate::api::BackupState = backup::write_backup;
        restore(crate::api::Restore) -> crate::api::StartState = backup::restore;
        read_pack(region::ReadPack) -> crate::api::PackRead = region::read_pack;
    }
    session {
        search(page::Search) -> crate::api::SearchAnswer = page::search;
        start_page(Nothing) -> crate::api::StartPage = page::start_page;
        playbooks(Nothing) -> Vec<crate::api::PlaybookRow> = page::playbooks;
        playbook(page::Key) -> crate::api::PlaybookPage = page::playbook;
        members(page::Members) -> Vec<crate::api::MemberRow> = page::members;
        member(page::Key) -> crate::api::MemberPage = page::member;
        area_people(page::Key) -> crate::api::AreaPeople = page::area_people;
        offices(Nothing) -> Vec<crate::api::OfficeRow> = page::offices;
        ask_order(page::Key) -> crate::api::AskOrderPage = asking::ask_order;
        advice_group(page::Key) -> crate::api::AdviceGroupPage = asking::advice_group;
        answer_proposal(crate::api::AnswerProposal) -> Acknowledged = asking::answer_proposal;
        contacts(Nothing) -> Vec<crate::api::ContactRow> = page::contacts;
        contact(page::Key) -> crate::api::ContactRow = page::contact;
        resources(Nothing) -> Vec<crate::api::ResourceRow> = page::resources;
        resource(page::Key) -> crate::api::ResourceRow = page::resource;
        notes(Nothing) -> Vec<crate::api::NoteRow> = page::notes;
        note(page::Key) -> crate::api::NotePage = page::note;
        bulletins(Nothing) -> Vec<crate::api::BulletinRow> = bulletin::bulletins;
        bulletin(page::Key) -> crate::api::BulletinPage = bulletin::bulletin;
        citing_cards(crate::api::Rule) -> crate::api::CitingCards = bulletin::citing_cards;
        labels(Nothing) -> Vec<crate::api::LabelRow> = labels::labels;
        label(page::Key) -> crate::api::LabelPage = labels::label;
        follow(crate::api::Follow) -> Acknowledged = news::follow;
        follows(Nothing) -> Vec<crate::api::Named> = news::follows;
        news(Nothing) -> crate::api::NewsPage = news::news;
        read_news(crate::api::ReadNews) -> Acknowledged = news::read_news;
        notices(Nothing) -> crate::api::NoticeChoice = news::notices;
        choose_notices(crate::api::NoticeChoice) -> Acknowledged = news::choose_notices;
        look(Nothing) -> Acknowledged = since::look;
        since(crate::api::Since) -> std::option::Option<crate::api::SincePage> = since::since;
        put_since_away(crate::api::SinceRead) -> Acknowledged = since::put_away;
        tour(Nothing) -> crate::api::Tour = tour::tour;
        choose_tour(crate::api::Tour) -> Acknowledged = tour::choose;
        mail(Nothing) -> crate::api::MailNotice = mail::mail;
        choose_mail(crate::api::MailChoice) -> Acknowledged = mail::choose;
        questions(Nothing) -> crate::api::QuestionsPage = questions::questions;
        question(page::Key) -> crate::api::QuestionPage = questions::question;
        anonymous(Nothing) -> crate::api::AnonymousState = anonymous::anonymous;
        post_anonymous(crate::api::PostAnonymous) -> Acknowledged = anonymous::post;
        withdraw_anonymous(crate::api::Withdraw) -> Acknowledged = anonymous::withdraw;
        settle_anonymous(page::Key) -> Acknowledged = anonymous::settle;
        step_forward(crate::api::StepForward) -> crate::api::Edited = anonymous::step_forward;
        similar(page::Search) -> crate::api::Similar = page::similar;
        grow(crate::api::Grow) -> crate::api::Edited = grow::grow;
        handing_over(page::Key) -> crate::api::HandOverPage = hand_over::handing_over;
        hand_over(crate::api::HandOver) -> Acknowledged = hand_over::hand_over;
        matrix(Nothing) -> crate::api::Matrix = page::matrix;
        region(Nothing) -> crate::api::RegionPage = region::region;
        own_municipality(Nothing) -> crate::api::OwnMunicipality = municipality::own_municipality;
        needs_you(Nothing) -> crate::api::NeedsYou = municipality::needs_you;
        introductions(Nothing) -> crate::api::IntroductionsPage = introduction::introductions;
        introduction(page::Key) -> crate::api::IntroductionPage = introduction::introduction;
        choices(page::Choices) -> Vec<crate::api::Listed> = page::choices;
        head(page::Key) -> crate::api::Head = page::item_head;
        drafts(page::DraftsOf) -> Vec<crate::api::SavedDraft> = page::drafts;
        history(page::Key) -> Vec<crate::api::HistoryEntry> = page::history;
        deadlines(page::Deadlines) -> Vec<crate::api::DeadlineResult> = page::deadlines;
        render(page::Render) -> Vec<radrum_domain::markdown::Block> = page::render;
        check_text(crate::api::TextToCheck) -> Vec<crate::api::GuardHit> = edit::check_text;
        create_item(edit::Create) -> crate::api::Edited = edit::create;
        edit_item(edit::EditItem) -> crate::api::Edited = edit::edit;
        save_draft(edit::SaveDraft) -> Acknowledged = edit::save_draft;
        drop_drafts(edit::DropDrafts) -> Acknowledged = edit::drop_drafts;
        tick(edit::Tick) -> Acknowledged = edit::tick;
        clear_ticks(page::Key) -> Acknowledged = edit::clear_ticks;
        take_statement(edit::TakeStatement) -> crate::api::Edited = edit::take_statement;
        choose_me(page::Key) -> crate::api::SessionInfo = start::choose_me;
        warm_up(Nothing) -> Acknowledged = start::warm_up;
        krets(Nothing) -> crate::api::KretsState = krets::krets;
        invite(crate::api::Invite) -> crate::api::LetterText = krets::invite;
        request_again(crate::api::LetterId) -> crate::api::LetterText = krets::request_again;
        ask_to_join(crate::api::AskToJoin) -> crate::api::LetterText = krets::ask_to_join;
        open_request(crate::api::LetterText) -> crate::api::RequestSeen = krets::open_request;
        answer_check(crate::api::CheckQuestion) -> crate::api::CheckAnswer = krets::answer_check;
        approve(crate::api::Approve) -> crate::api::LetterText = krets::approve;
        krets_people(Nothing) -> crate::api::KretsPeople = members::krets_people;
        remove_member(crate::api::RemoveMember) -> crate::api::Ended = members::remove_member;
        lost_computer(crate::api::LostComputer) -> crate::api::Ended = members::lost_computer;
        late_items(Nothing) -> crate::api::LatePage = late::late_items;
        take_up(crate::api::TakeUp) -> Acknowledged = late::take_up;
        confirm_act(crate::api::ConfirmAct) -> Acknowledged = members::confirm_act;
        sign_end(crate::api::EndId) -> crate::api::Ended = members::sign_end;
        wake_computer(crate::api::ComputerId) -> Acknowledged = members::wake_computer;
        begin_epoch(Nothing) -> Acknowledged = members::begin_epoch;
        make_admin(crate::api::MakeAdmin) -> Acknowledged = members::make_admin;
        make_eraser(page::Key) -> Acknowledged = members::make_eraser;
        change_municipality(crate::api::ChangeMunicipality) -> Acknowledged = members::change_municipality;
        statutes(Nothing) -> crate::api::StatutesPage = statutes::statutes;
        try_roots(crate::api::TypedRootKeys) -> crate::api::RootsTried = members::try_roots;
        change_root(crate::api::TypedRootKeys) -> crate::api::NewRootKey = members::change_root;
        road(Nothing) -> crate::api::RoadState = road::road;
        retry_road(Nothing) -> Acknowledged = road::retry_road;
        delivery(page::Key) -> std::option::Option<crate::api::Delivery> = road::delivery;
        erasures(Nothing) -> Vec<crate::api::ErasureRow> = erase::erasures;
        erase_rights(page::Key) -> crate::api::EraseRights = erase::erase_rights;
        erase_item(crate::api::EraseItem) -> Acknowledged = erase::erase_item;
        backup_state(Nothing) -> crate::api::BackupState = backup::backup_state;
        test_backup(Nothing) -> crate::api::BackupState = backup::test_backup;
        check(Nothing) -> region::Checked = region::check;
        records(Nothing) -> crate::api::Records = records::records;
        suggestions(Nothing) -> Vec<crate::api::SuggestionRow> = back::suggestions;
        suggestion(page::Key) -> crate::api::SuggestionRow = back::suggestion;
        welcome(Nothing) -> crate::api::WelcomePage = back::welcome;
        alike(crate::api::Alike) -> Vec<crate::api::Named> = back::alike;
        merged(Nothing) -> Vec<crate::api::MergedPair> = back::merged;
        put_welcome_away(Nothing) -> Acknowledged = back::put_welcome_away;
        rulings(page::Key) -> crate::api::RulingsPage = ruling::rulings;
        ruling(page::Key) -> crate::api::RulingPage = ruling::ruling;
        changed_since(page::Key) -> Vec<crate::api::HistoryEntry> = ruling::changed_since;
    }
}

/// Result of a command that only acknowledges: what it did is durable.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, TS)]
pub struct Acknowledged {}

/// Runs a command by name. A panic inside is caught and told as [`Code::Bug`].
///
/// # Errors
/// An [`Error`] whose code the interface turns into Swedish.
pub fn call(host: &Host, name: &str, args: Value) -> Result<Value, Error> {
    let run = std::panic::AssertUnwindSafe(|| dispatch(host, name, args));
    let result = std::panic::catch_unwind(run).unwrap_or_else(|_| Err(Error::bug("panic")));
    if let Err(error) = &result {
        // A name that is not ours could be anything that somebody typed.
        let command = NAMES
            .iter()
            .find(|known| **known == name)
            .unwrap_or(&"unknown");
        tracing::warn!(command, code = ?error.code, "command failed");
    }
    result
}

fn read<T: DeserializeOwned>(args: Value) -> Result<T, Error> {
    // A command without arguments may be called with null.
    let args = if args.is_null() {
        Value::Object(serde_json::Map::new())
    } else {
        args
    };
    serde_json::from_value(args)
        .map_err(|error| Error::new(Code::BadArguments, format!("line {}", error.line())))
}

fn answer<T: Serialize>(result: &T) -> Result<Value, Error> {
    serde_json::to_value(result).map_err(|_| Error::bug("answer"))
}

/// Collects declarations of a type and of everything in it.
struct Declared<'a> {
    config: &'a Config,
    seen: std::collections::HashSet<std::any::TypeId>,
    found: std::collections::BTreeMap<String, String>,
}

impl Declared<'_> {
    fn with<T: TS + 'static + ?Sized>(&mut self) {
        if !self.seen.insert(std::any::TypeId::of::<T>()) {
            return;
        }
        // Lists, options and built-in types have a name only where they are used.
        if T::output_path().is_some() {
            self.found
                .insert(T::ident(self.config), T::decl(self.config));
        }
        T::visit_dependencies(self);
        T::visit_generics(self);
    }
}

impl ts_rs::TypeVisitor for Declared<'_> {
    fn visit<T: TS + 'static + ?Sized>(&mut self) {
        self.with::<T>();
    }
}
