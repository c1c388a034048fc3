// Generated from the command list by `cargo xtask codegen`. Do not edit.

export type Accepted = { 
/**
 * As told in [`GuardHit`].
 */
fingerprint: string, 
/**
 * Why it stays.
 */
because: Because, };

export type Acknowledged = Record<symbol, never>;

export type AdviceGroup = { 
/**
 * The area.
 */
area: string | null, 
/**
 * What can be asked.
 */
about: string | null, 
/**
 * How to reach the group.
 */
reach: string | null, 
/**
 * Its telephone.
 */
phone: string | null, 
/**
 * Its e-mail.
 */
email: string | null, 
/**
 * When it can be asked: "tisdagar 13–15".
 */
hours: string | null, 
/**
 * Who belongs to it.
 */
members: Array<Adviser>, };

export type AdviceGroupPage = { 
/**
 * Head; none when nobody has written of one yet.
 */
head: Head | null, 
/**
 * The area.
 */
area: Named, 
/**
 * As written.
 */
group: AdviceGroup, 
/**
 * Who belongs to it, by name.
 */
members: Array<AdviserRow>, };

export type AdviceGroupRow = { 
/**
 * Key.
 */
key: string, 
/**
 * The area.
 */
area: Named, 
/**
 * How to reach it.
 */
reach: string | null, 
/**
 * Its telephone.
 */
phone: string | null, 
/**
 * When it can be asked.
 */
hours: string | null, 
/**
 * Who belongs to it, by name.
 */
members: Array<AdviserRow>, };

export type Adviser = { 
/**
 * Entry.
 */
id: string, 
/**
 * Out of sight.
 */
removed: boolean, 
/**
 * Who.
 */
member: string | null, 
/**
 * Training that she has taken.
 */
training: string | null, 
/**
 * Hours that she offers.
 */
hours: string | null, };

export type AdviserRow = { 
/**
 * Who.
 */
person: MemberRow, 
/**
 * Training that she has taken.
 */
training: string | null, 
/**
 * Hours that she offers.
 */
hours: string | null, };

export type Alike = { 
/**
 * What is looked for: a question, a card, a contact or a resource.
 */
kind: Kind, 
/**
 * What it is about.
 */
text: string, };

export type AnonymousHurdle = "example" | "no_krets" | "few_devices" | "few_municipalities" | "no_relay" | "no_tokens";

export type AnonymousState = { 
/**
 * What stands in the way; none when nothing does.
 */
hurdle: AnonymousHurdle | null, 
/**
 * Devices that belong, and how many there must be.
 */
devices: number, 
/**
 * See there.
 */
devices_min: number, 
/**
 * Municipalities that they are of, and how many there must be.
 */
municipalities: number, 
/**
 * See there.
 */
municipalities_min: number, 
/**
 * What has not come back yet, in the order in which it was written.
 */
waiting: Array<WaitingPost>, 
/**
 * Questions and answers that the reader wrote without a name, as far as they came back.
 * Only this computer knows.
 */
mine: Array<string>, };

export type Answer = { 
/**
 * The question.
 */
question: string | null, 
/**
 * The answer that it stands under.
 */
under: string | null, 
/**
 * What is said.
 */
text: string, 
/**
 * What sort.
 */
form: AnswerForm, 
/**
 * "Så gör vi hos oss": it speaks for the way of the municipality that owns it.
 */
our_way: boolean, 
/**
 * Whom to ask instead.
 */
member: string | null, 
/**
 * Proves that whoever wrote this wrote without a name what it stands under (FORMAT.md 4).
 */
proof: string | null, };

export type AnswerForm = "answer" | "other_experience" | "follow_up" | "ask_further" | "yes" | "later" | "ask_other" | "unknown";

export type AnswerOf = { 
/**
 * Head.
 */
head: Head, 
/**
 * As written.
 */
answer: Answer, 
/**
 * Municipality of whoever wrote it.
 */
municipality: Named | null, 
/**
 * The reader wrote it.
 */
mine: boolean, 
/**
 * It stood under an answer that was erased.
 */
under_gone: boolean, 
/**
 * It was written without a name.
 */
nameless: boolean, 
/**
 * Who has said, and proved, that she wrote it without a name.
 */
stepped_forward: Named | null, };

export type AnswerProposal = { 
/**
 * The proposal.
 */
key: string, 
/**
 * Into her own lines; false lets it be.
 */
take: boolean, 
/**
 * The window that asks.
 */
window: string, };

export type Approve = { 
/**
 * Id of the invitation.
 */
invitation: string, 
/**
 * What the colleague read back.
 */
answer: string, };

export type Area = { 
/**
 * Name.
 */
title: string, 
/**
 * One line.
 */
about: string | null, 
/**
 * Labels that belong to it.
 */
labels: Array<string>, };

export type AreaPeople = { 
/**
 * Colleagues in the own office.
 */
office: Array<MemberRow>, 
/**
 * Municipalities that hold lead or support.
 */
holders: Array<Cell>, 
/**
 * The rådgrupp, if there is one.
 */
groups: Array<AdviceGroupRow>, 
/**
 * Colleagues in the krets.
 */
region: Array<MemberRow>, };

export type AreaRow = { 
/**
 * Head.
 */
head: Head, 
/**
 * As written.
 */
area: Area, };

export type AskOrder = { 
/**
 * The office.
 */
office: string | null, 
/**
 * Whom to ask, first to ask first.
 */
people: Array<Asked>, 
/**
 * What holds for all of them.
 */
note: string | null, };

export type AskOrderPage = { 
/**
 * Head; none when nobody has written an order yet.
 */
head: Head | null, 
/**
 * The office.
 */
office: Named, 
/**
 * Its telephone.
 */
phone: string | null, 
/**
 * It cannot help others today.
 */
paused: Pause | null, 
/**
 * As written, for the form.
 */
order: AskOrder, 
/**
 * Whom to ask, first to ask first.
 */
rows: Array<AskRow>, };

export type AskRow = { 
/**
 * Entry.
 */
id: string, 
/**
 * The person, unless she is out of sight.
 */
person: MemberRow | null, 
/**
 * The role.
 */
role: string | null, 
/**
 * What may be decided here.
 */
decides: string | null, 
/**
 * Who is asked when the person is away.
 */
deputy: MemberRow | null, 
/**
 * A person is named, and neither she nor her deputy can be reached today.
 */
gap: boolean, };

export type AskToJoin = { 
/**
 * The invitation.
 */
invitation: string, 
/**
 * What the person is called.
 */
name: string, };

export type Asked = { 
/**
 * Entry.
 */
id: string, 
/**
 * Out of sight.
 */
removed: boolean, 
/**
 * The person.
 */
member: string | null, 
/**
 * The role; with its telephone when nobody has it by name, such as a duty line.
 */
role: string | null, 
/**
 * Her delegation: what she may decide.
 */
decides: string | null, 
/**
 * Who is asked when she is away.
 */
deputy: string | null, };

export type AskedQuestion = { 
/**
 * Head.
 */
head: Head, 
/**
 * As written.
 */
question: Question, 
/**
 * Its first sentence.
 */
title: string, 
/**
 * Whose question it is.
 */
by: Named | null, 
/**
 * Her municipality.
 */
municipality: Named | null, 
/**
 * The reader asked.
 */
mine: boolean, 
/**
 * The reader is the colleague who is asked to think along.
 */
asks_me: boolean, 
/**
 * It was asked without a name, and she has not said who she is.
 */
nameless: boolean, 
/**
 * Who has said, and proved, that she asked it without a name.
 */
stepped_forward: Named | null, };

export type Away = { 
/**
 * Entry.
 */
id: string, 
/**
 * Out of sight.
 */
removed: boolean, 
/**
 * First day.
 */
from: string | null, 
/**
 * Last day.
 */
to: string | null, };

export type BackupOutcome = "sound" | "missing" | "damaged" | "no_room";

export type BackupState = { 
/**
 * The newest; none was made yet.
 */
last: LastBackup | null, 
/**
 * It was restored, and its krets has not let it in again yet.
 */
rejoin: boolean, };

export type BackupToFile = { 
/**
 * A ticket for the file.
 */
ticket: string, 
/**
 * At least twelve characters. Kept nowhere.
 */
passphrase: string, };

export type Because = "work_contact" | "not_a_person" | "public";

export type Block = { "block": "paragraph", 
/**
 * Its text.
 */
inlines: Array<Inline>, } | { "block": "heading", 
/**
 * Its text.
 */
inlines: Array<Inline>, } | { "block": "list", 
/**
 * Numbered.
 */
ordered: boolean, 
/**
 * Each item's blocks.
 */
items: Array<Array<Block>>, } | { "block": "quote", 
/**
 * Its blocks.
 */
blocks: Array<Block>, } | { "block": "verbatim", 
/**
 * The text.
 */
text: string, } | { "block": "rule" };

export type Bulletin = { 
/**
 * One line.
 */
title: string, 
/**
 * What changed, in Markdown; two writers are merged by character.
 */
body: string, 
/**
 * The day from which it applies, `YYYY-MM-DD`.
 */
from: string | null, 
/**
 * The rule that it is about, as written: "SoL 11 kap. 1 §".
 */
statute: string | null, 
/**
 * Who says so.
 */
source: string | null, 
/**
 * Where it can be read.
 */
web: string | null, 
/**
 * The cards that it touches.
 */
playbooks: Array<string>, 
/**
 * Labels.
 */
labels: Array<string>, };

export type BulletinPage = { 
/**
 * Head.
 */
head: Head, 
/**
 * As written.
 */
bulletin: Bulletin, 
/**
 * What changed, as a tree to show.
 */
body: Array<Block>, 
/**
 * The cards that it touches and that are here, by name.
 */
cards: Array<Named>, };

export type BulletinRow = { 
/**
 * Key.
 */
key: string, 
/**
 * Title.
 */
title: string, 
/**
 * The day from which it applies.
 */
from: string | null, 
/**
 * The rule, as written.
 */
statute: string | null, };

export type BundleFile = { 
/**
 * Ticket of the file.
 */
ticket: string, };

export type BundleRead = { 
/**
 * Entries that were new.
 */
new: number, 
/**
 * Entries that were here already.
 */
known: number, 
/**
 * Entries that nobody of the krets has written.
 */
refused: number, 
/**
 * Items that were written.
 */
items: number, 
/**
 * Entries that still wait for what they stand on.
 */
waiting: number, 
/**
 * Who wrote what was new.
 */
from: Array<Parcel>, };

export type BundleWritten = { 
/**
 * Entries.
 */
entries: number, 
/**
 * Length of the file.
 */
bytes: number, 
/**
 * Not everything had room: write another file.
 */
more: boolean, };

export type Cell = { 
/**
 * Key of the holding.
 */
key: string, 
/**
 * Area.
 */
area: Named, 
/**
 * Municipality.
 */
municipality: Named, 
/**
 * Lead or support.
 */
responsibility: ResponsibilityKind, 
/**
 * First day.
 */
from: string | null, 
/**
 * Last day.
 */
to: string | null, 
/**
 * Whom to ask for.
 */
member: MemberRow | null, 
/**
 * What an edit stands on.
 */
heads: Array<string>, 
/**
 * As written.
 */
holding: HoldingText, };

export type ChangeMunicipality = { 
/**
 * Its key.
 */
municipality: string, 
/**
 * What becomes of it.
 */
turn: MunicipalityTurn, 
/**
 * Key of the other one, when there is one; else empty.
 */
other: string, 
/**
 * Two root keys.
 */
root_keys: Array<string>, };

export type CheckAnswer = { 
/**
 * Six digits.
 */
answer: string, };

export type CheckQuestion = { 
/**
 * Id of the invitation.
 */
invitation: string, 
/**
 * Six digits.
 */
question: string, };

export type Checked = { 
/**
 * How many faults; zero is sound.
 */
faults: number, };

export type Choices = { kind: Kind, };

export type CitingCard = { 
/**
 * Key.
 */
key: string, 
/**
 * Title.
 */
title: string, 
/**
 * Where, in the order of the card.
 */
places: Array<CitingPlace>, };

export type CitingCards = { 
/**
 * The rule could be read: which law, and where in it. Nothing is looked for otherwise.
 */
read: boolean, 
/**
 * By name.
 */
cards: Array<CitingCard>, };

export type CitingPlace = { 
/**
 * The line in words: "Steg 3: …".
 */
line: string, 
/**
 * Entry to scroll to.
 */
anchor: string, 
/**
 * The references of the line, as written.
 */
statute: string, 
/**
 * The day on which they were checked.
 */
checked: string | null, };

export type Code = "bad_arguments" | "bad_mail_address" | "not_found" | "rejected" | "personal_data" | "unknown_version" | "disk_full" | "read_only" | "damaged" | "busy" | "newer_program" | "wrong_passphrase" | "weak_passphrase" | "key_not_kept" | "not_ready" | "too_large" | "bad_ticket" | "file_not_written" | "bad_pack" | "example" | "already_in_krets" | "not_in_krets" | "not_admin" | "bad_letter" | "wrong_check_code" | "letter_used_up" | "last_admin" | "own_computer" | "last_root" | "wrong_root_keys" | "keys_missing" | "bad_bundle" | "other_krets" | "bad_backup" | "restored_from_other" | "bad_address" | "not_yet_here" | "may_not_erase" | "not_anonymous" | "bug";

export type ComputerId = { 
/**
 * From [`KretsComputer`].
 */
computer: string, };

export type ConfirmAct = { 
/**
 * From [`SuspendedAct`].
 */
id: string, 
/**
 * Two root keys, where this computer may not alone; else empty.
 */
root_keys: Array<string>, };

export type ContactKind = "authority" | "court" | "knowledge" | "helpline" | "health" | "legal" | "municipality" | "other" | "unknown";

export type ContactRow = { 
/**
 * Head.
 */
head: Head, 
/**
 * The contact.
 */
contact: ExternalContact, };

export type Create = { kind: Kind, edits: Array<Edit>, window: string, 
/**
 * What the writer has chosen to keep of what was asked about.
 */
accepted?: Array<Accepted>, };

export type DayRemark = "saturday" | "sunday" | "holiday";

export type Deadline = { 
/**
 * Entry.
 */
id: string, 
/**
 * Out of sight.
 */
removed: boolean, 
/**
 * What must be done.
 */
name: string, 
/**
 * From what it is counted.
 */
start: string | null, 
/**
 * How long.
 */
length: string, 
/**
 * Who says so.
 */
source: Source, 
/**
 * Statute references, parted by `; `.
 */
statute: string | null, 
/**
 * When they were checked.
 */
checked: string | null, 
/**
 * In force from, where known.
 */
valid_from: string | null, 
/**
 * In force until, where known.
 */
valid_to: string | null, 
/**
 * Could not be checked.
 */
unverified: boolean, 
/**
 * What happens if it is missed.
 */
missed: string | null, };

export type DeadlineResult = { 
/**
 * The deadline's entry.
 */
id: string, 
/**
 * Last day; none when the length cannot be read.
 */
on: string | null, 
/**
 * Weekend or holiday on that day. The date is not moved.
 */
remark: DayRemark | null, };

export type Deadlines = { playbook: string, 
/**
 * Day of the event, by the deadline's entry.
 */
starts: { [key in string]: string }, };

export type Delivery = { 
/**
 * When it was written, UTC ms.
 */
written_at: number, 
/**
 * It has left this computer: a relay has it, or a stick.
 */
left: boolean, 
/**
 * A relay has it.
 */
relayed: boolean, 
/**
 * So many offices have told that they hold it.
 */
offices: number, 
/**
 * Of so many; 0 when there are too few computers to say without pointing at one.
 */
of: number, 
/**
 * Offices with fewer than three computers are counted together as one.
 */
grouped: boolean, };

export type Deviation = { 
/**
 * The card.
 */
playbook: string | null, 
/**
 * The step.
 */
step: string | null, 
/**
 * What was done instead.
 */
text: string, 
/**
 * Why.
 */
reason: string | null, 
/**
 * When; never closer than the year.
 */
year: number | null, 
/**
 * The question that it grew out of.
 */
origin: string | null, };

export type DeviationOf = { 
/**
 * Head.
 */
head: Head, 
/**
 * What.
 */
deviation: Deviation, };

export type Done = { 
/**
 * Entry.
 */
id: string, 
/**
 * Out of sight.
 */
removed: boolean, 
/**
 * Where; never closer.
 */
municipality: string | null, 
/**
 * When; never closer.
 */
year: number | null, };

export type DraftsOf = { key: string, };

export type DropDrafts = { key: string, field: string, window: string, };

export type Duty = "representative" | "deputy_representative" | "editor" | "unknown";

export type Edit = { "edit": "set", 
/**
 * Field at the root.
 */
field: string, 
/**
 * New value.
 */
value: Scalar | null, } | { "edit": "add", 
/**
 * The list.
 */
list: string, 
/**
 * A fresh random id, 22 hexadecimal digits.
 */
id: string, 
/**
 * Its fields.
 */
fields: { [key in string]: Scalar }, 
/**
 * Behind which entry; none is last, an empty text first.
 */
after: string | null, } | { "edit": "set_in", 
/**
 * The list.
 */
list: string, 
/**
 * The entry.
 */
id: string, 
/**
 * Field of the entry.
 */
field: string, 
/**
 * New value.
 */
value: Scalar | null, } | { "edit": "move", 
/**
 * The list.
 */
list: string, 
/**
 * The entry.
 */
id: string, 
/**
 * Behind which entry; none is last, an empty text first.
 */
after: string | null, } | { "edit": "remove", 
/**
 * The list.
 */
list: string, 
/**
 * The entry.
 */
id: string, 
/**
 * True out of sight, false back.
 */
removed: boolean, } | { "edit": "put", 
/**
 * The set.
 */
set: string, 
/**
 * The item.
 */
key: string, 
/**
 * In or out.
 */
present: boolean, } | { "edit": "write", 
/**
 * A text field at the root.
 */
field: string, 
/**
 * The whole new text.
 */
text: string, } | { "edit": "choose", 
/**
 * The list, if the field is in an entry.
 */
list: string | null, 
/**
 * The entry, if the field is in one.
 */
id: string | null, 
/**
 * The field.
 */
field: string, 
/**
 * The value that stands.
 */
value: Scalar | null, };

export type EditItem = { key: string, heads: Array<string>, edits: Array<Edit>, window: string, 
/**
 * What the writer has chosen to keep of what was asked about.
 */
accepted?: Array<Accepted>, };

export type Edited = { 
/**
 * Key, which is new for a new item.
 */
key: string, 
/**
 * What the next edit stands on.
 */
heads: Array<string>, 
/**
 * Whether anything changed.
 */
changed: boolean, };

export type EndId = { 
/**
 * From [`UnfinishedEnd`].
 */
id: string, };

export type Ended = { 
/**
 * It holds when a second admin has signed too.
 */
needs_another: boolean, };

export type EraseGround = "person" | "decision" | "other";

export type EraseItem = { 
/**
 * The item.
 */
key: string, 
/**
 * Why.
 */
ground: EraseGround, 
/**
 * Reference of the decision, or empty.
 */
decision: string, 
/**
 * Keep what the item says now, without its history.
 */
keep_text: boolean, 
/**
 * The window that asks.
 */
window: string, 
/**
 * Two root keys, when nobody else may; else empty.
 */
root_keys: Array<string>, };

export type EraseRights = { 
/**
 * This computer may.
 */
may: boolean, 
/**
 * It was written here without a name, and goes so: within hours, and nobody sees who asked.
 */
nameless: boolean, 
/**
 * Two root keys typed here let it, whoever wrote.
 */
by_roots: boolean, 
/**
 * Colleagues whose computers may.
 */
who: Array<Named>, };

export type ErasureFile = { 
/**
 * A ticket for the file that the user chose.
 */
ticket: string, };

export type ErasureOffice = { 
/**
 * Whose; none for several with few computers each.
 */
title: string | null, 
/**
 * Computers.
 */
devices: number, 
/**
 * Computers that have confirmed.
 */
erased: number, };

export type ErasureRow = { 
/**
 * Names it in lists.
 */
id: string, 
/**
 * When it was asked for, as claimed, UTC ms; none when it was asked for without a name.
 */
at: number | null, 
/**
 * Who asked.
 */
by: Named | null, 
/**
 * Why.
 */
ground: EraseGround, 
/**
 * Reference of the decision, or empty.
 */
decision: string, 
/**
 * What was here of it.
 */
kinds: Array<KindCount>, 
/**
 * How far it has come here.
 */
step: ErasureStep, 
/**
 * When nothing was left here, UTC ms.
 */
done_at: number | null, 
/**
 * Computers that are to erase.
 */
devices: number, 
/**
 * Computers that have confirmed.
 */
erased: number, 
/**
 * The same by office.
 */
offices: Array<ErasureOffice>, 
/**
 * What was written on this computer at the same time, and went too.
 */
unseen: number, };

export type ErasureStep = "asked" | "standing" | "done";

export type Event = { "event": "changed", 
/**
 * Their keys; empty when too many to name.
 */
touched: Array<string>, 
/**
 * The window that did it, so that it can skip its own echo.
 */
origin: string, } | { "event": "road", } | { "event": "rebuilding", 
/**
 * False when done.
 */
busy: boolean, };

export type Experience = { 
/**
 * Entry.
 */
id: string, 
/**
 * Out of sight.
 */
removed: boolean, 
/**
 * Of what.
 */
area: string | null, 
/**
 * How well.
 */
level: ExperienceLevel, 
/**
 * Last year of it.
 */
year: number | null, 
/**
 * In her words.
 */
note: string | null, };

export type ExperienceLevel = "interested" | "met" | "trained" | "willing_to_consult" | "unknown";

export type ExperienceRow = { 
/**
 * Of what.
 */
area: Named, 
/**
 * How well.
 */
level: ExperienceLevel, 
/**
 * Last year.
 */
year: number | null, 
/**
 * In her words.
 */
note: string | null, };

export type Export = { 
/**
 * A ticket for the file that the user chose.
 */
ticket: string, 
/**
 * Only what this municipality answers for.
 */
municipality: string | null, };

export type Exported = { 
/**
 * Items.
 */
items: number, 
/**
 * Size of the file.
 */
bytes: number, };

export type ExternalContact = { 
/**
 * Name of the body.
 */
title: string, 
/**
 * What sort.
 */
contact: ContactKind, 
/**
 * What it helps with.
 */
subject: string | null, 
/**
 * Telephone.
 */
phone: string | null, 
/**
 * Mailbox of the function.
 */
email: string | null, 
/**
 * Functional address for säker digital kommunikation.
 */
sdk: string | null, 
/**
 * Web page.
 */
web: string | null, 
/**
 * Opening hours.
 */
hours: string | null, 
/**
 * What it costs; never a sort key (need N65).
 */
cost: string | null, 
/**
 * When someone last checked that this is right.
 */
verified_on: string | null, 
/**
 * Something about it was not checked.
 */
unverified: string | null, 
/**
 * A few words.
 */
note: string | null, 
/**
 * Areas it helps with.
 */
areas: Array<string>, 
/**
 * Labels.
 */
labels: Array<string>, };

export type FadderOf = { 
/**
 * The colleague.
 */
member: string, 
/**
 * Her fadder; several when two have chosen at once, by municipality; none yet.
 */
fadders: Array<MemberRow>, 
/**
 * Who represents her municipality: they help her to find one.
 */
representatives: Array<MemberRow>, 
/**
 * The reader is the colleague herself, or represents her municipality, and may write it.
 */
writes: boolean, };

export type Few = "none" | "one" | "several";

export type Follow = { 
/**
 * Key.
 */
key: string, 
/**
 * True to follow.
 */
follow: boolean, };

export type Force = "must" | "usual" | "judge" | "unknown";

export type Found = { 
/**
 * Name of the krets.
 */
region: string, 
/**
 * Name of the own municipality.
 */
municipality: string, 
/**
 * Own name.
 */
name: string, 
/**
 * Own role.
 */
role: string | null, 
/**
 * Where there is no key store.
 */
passphrase: string | null, };

export type FoundKrets = { 
/**
 * What it is called.
 */
name: string, };

export type Group = { 
/**
 * What stands in it.
 */
kind: GroupKind, 
/**
 * Best first. Three are shown before "visa fler".
 */
items: Array<Row>, 
/**
 * There are more than were looked through.
 */
cut: boolean, };

export type GroupKind = "office_people" | "region_people" | "ask_order" | "question" | "playbook" | "bulletin" | "note" | "external_contact" | "resource" | "label" | "introduction" | "statutes" | "suggestion";

export type Grow = { 
/**
 * The question.
 */
question: string, 
/**
 * One answer; none takes the whole thread.
 */
answer: string | null, 
/**
 * The card that a departure is written on; none makes a new card.
 */
playbook: string | null, 
/**
 * The window that asks.
 */
window: string, };

export type Grown = { 
/**
 * Key.
 */
key: string, 
/**
 * Title; that of the card for what hangs on one.
 */
title: string, 
/**
 * What it is.
 */
kind: Kind, };

export type GuardFinding = "personal_number" | "coordination_number" | "birth_date" | "case_number" | "phone" | "phone_or_personal_number" | "email" | "address" | "property" | "vehicle" | "name" | "initials" | "combination";

export type GuardHit = { 
/**
 * `title`, or `steps/<entry>/text`.
 */
path: string, 
/**
 * What.
 */
finding: GuardFinding, 
/**
 * How much it weighs.
 */
level: GuardLevel, 
/**
 * First, in UTF-16 units of the text.
 */
start: number, 
/**
 * Behind the last.
 */
end: number, 
/**
 * What to write instead.
 */
rewording: Array<GuardRewording>, 
/**
 * Names this hit in [`Accepted`].
 */
fingerprint: string, };

export type GuardLevel = "tip" | "ask" | "stop";

export type GuardRewording = { 
/**
 * First, in UTF-16 units of the text.
 */
start: number, 
/**
 * Behind the last.
 */
end: number, 
/**
 * What to write there.
 */
text: string, };

export type HandOver = { 
/**
 * Who holds them today.
 */
member: string, 
/**
 * Each thing with who takes it.
 */
things: Array<HandedThing>, 
/**
 * The window that saves.
 */
window: string, };

export type HandOverPage = { 
/**
 * Who.
 */
member: Named, 
/**
 * Is the one who uses this computer.
 */
is_me: boolean, 
/**
 * Who answers when she is away: the first thought for a successor.
 */
deputy: Named | null, 
/**
 * What she holds, kind by kind.
 */
held: Array<HeldThing>, 
/**
 * What lies unfinished on this computer, if it is hers. Nobody else can finish it.
 */
drafts: Array<WaitingRow>, };

export type HandedThing = { 
/**
 * From [`HeldThing`].
 */
key: string, 
/**
 * From [`HeldThing`].
 */
field: string, 
/**
 * From [`HeldThing`].
 */
heads: Array<string>, 
/**
 * Key of the colleague who takes it.
 */
to: string, };

export type Head = { 
/**
 * Key.
 */
key: string, 
/**
 * Kind.
 */
kind: Kind, 
/**
 * What an edit on this page stands on.
 */
heads: Array<string>, 
/**
 * The municipality that answers for it; none is the krets.
 */
owner: Named | null, 
/**
 * Out of sight.
 */
archived: boolean, 
/**
 * Someone edited while someone else archived.
 */
edited_while_archived: boolean, 
/**
 * Who made it; none is the program.
 */
created_by: Named | null, 
/**
 * UTC ms, as claimed.
 */
created_at: number, 
/**
 * Who changed it last; none is the program.
 */
updated_by: Named | null, 
/**
 * UTC ms, as claimed.
 */
updated_at: number, 
/**
 * Where several texts stand side by side.
 */
voices: Array<VoicesOf>, 
/**
 * What was merged here, newest first.
 */
merges: Array<MergeNote>, 
/**
 * What is being typed, in this or another window.
 */
drafts: Array<SavedDraft>, 
/**
 * The one of its kind that it was merged into; none when it stands by itself.
 */
stands_as: Named | null, 
/**
 * What was merged into it.
 */
also: Array<Named>, 
/**
 * Titles of the items that the view names by key.
 */
titles: { [key in string]: string }, };

export type HeldThing = { 
/**
 * Key of the item.
 */
key: string, 
/**
 * What it is.
 */
kind: Kind, 
/**
 * The field that names her; `duty` on her own page.
 */
field: string, 
/**
 * What it is called.
 */
title: string, 
/**
 * The municipality that answers for it.
 */
municipality: Named | null, 
/**
 * Of an area: lead or support.
 */
responsibility: ResponsibilityKind | null, 
/**
 * Task in the krets.
 */
duty: Duty | null, 
/**
 * Day to look it through.
 */
review_on: string | null, 
/**
 * What an edit stands on.
 */
heads: Array<string>, };

export type HelperRow = { 
/**
 * Key.
 */
key: string, 
/**
 * Title.
 */
title: string, 
/**
 * Telephone.
 */
phone: string | null, 
/**
 * Hours.
 */
hours: string | null, };

export type HistoryAction = "wrote" | "chose" | "added" | "archived" | "restored" | "moved" | "put_in" | "took_out" | "took_up" | "revised";

export type HistoryEntry = { 
/**
 * Who; none is the program.
 */
author: Named | null, 
/**
 * Her municipality.
 */
municipality: string | null, 
/**
 * UTC ms, as claimed.
 */
written_at: number, 
/**
 * What.
 */
lines: Array<HistoryLine>, 
/**
 * Texts of the entries that lines name, as they read now.
 */
entries: { [key in string]: string }, };

export type HistoryLine = { 
/**
 * What was done.
 */
action: HistoryAction, 
/**
 * The list or set.
 */
list: string | null, 
/**
 * The entry, or the member of the set.
 */
entry: string | null, 
/**
 * The field; empty when the whole entry is meant.
 */
field: string, 
/**
 * What stood there.
 */
old: string | number | boolean | null, 
/**
 * What stands there after.
 */
new: string | number | boolean | null, };

export type HoldingText = { 
/**
 * Reference of the decision.
 */
decision: string | null, 
/**
 * A few words.
 */
note: string | null, };

export type Inline = { "inline": "text", 
/**
 * The text.
 */
text: string, } | { "inline": "emphasis", 
/**
 * What.
 */
inlines: Array<Inline>, } | { "inline": "strong", 
/**
 * What.
 */
inlines: Array<Inline>, } | { "inline": "link", 
/**
 * `https:`, `mailto:` or `tel:` only.
 */
url: string, 
/**
 * What is shown.
 */
inlines: Array<Inline>, } | { "inline": "break" };

export type Introduction = { 
/**
 * Name: "Ny socialsekreterare".
 */
title: string, 
/**
 * The role that it is for, as colleagues write it on their pages.
 */
role: string | null, 
/**
 * Role that answers for the list; none is a visible state.
 */
owner_role: string | null, 
/**
 * Who has that role today.
 */
owner_member: string | null, 
/**
 * "Utkast, granskas av er".
 */
draft: boolean, 
/**
 * Version of the starter pack that it came from.
 */
pack: string | null, 
/**
 * Steps, ordered.
 */
steps: Array<IntroductionStep>, };

export type IntroductionPage = { 
/**
 * Head.
 */
head: Head, 
/**
 * The list.
 */
introduction: Introduction, 
/**
 * Ticked steps; private.
 */
ticks: Array<string>, 
/**
 * Who has the role that answers for it, unless she is out of sight.
 */
owner: MemberRow | null, 
/**
 * Whom the reader can turn to; none before she has said who she is.
 */
fadder: FadderOf | null, };

export type IntroductionRow = { 
/**
 * Key.
 */
key: string, 
/**
 * Name.
 */
title: string, 
/**
 * Whose; none is the whole krets'.
 */
municipality: Named | null, 
/**
 * Nobody in the krets has looked it through yet.
 */
draft: boolean, 
/**
 * It is for the reader's role.
 */
hers: boolean, };

export type IntroductionStep = { 
/**
 * Entry.
 */
id: string, 
/**
 * Out of sight.
 */
removed: boolean, 
/**
 * What to do.
 */
text: string, 
/**
 * When.
 */
when: IntroductionTime, 
/**
 * The card to read.
 */
card: string | null, 
/**
 * The page to try.
 */
page: StepPage, };

export type IntroductionTime = "first_day" | "first_week" | "first_month" | "first_year" | "unknown";

export type IntroductionsPage = { 
/**
 * Whom the reader can turn to; none before she has said who she is.
 */
fadder: FadderOf | null, 
/**
 * Checklists that her role and her municipality have first, then by name.
 */
lists: Array<IntroductionRow>, };

export type Invite = { 
/**
 * Key of a municipality, or the name of one that is not there yet; one's own when empty.
 */
municipality: string, 
/**
 * It is FoU. Counts only for one that is not there yet.
 */
fou: boolean, 
/**
 * Last day of somebody who comes for a time, `2027-01-31`; empty for others.
 */
guest_until: string, 
/**
 * Key of the member whose next computer it is; empty for somebody new.
 */
member: string, };

export type Join = { 
/**
 * The invitation.
 */
invitation: string, 
/**
 * What the person is called.
 */
name: string, 
/**
 * Her role.
 */
role: string | null, 
/**
 * Passphrase, on a computer without a key store.
 */
passphrase: string | null, };

export type Key = { key: string, };

export type Kind = "area" | "label" | "municipality" | "office" | "member" | "responsibility" | "playbook" | "variant" | "deviation" | "external_contact" | "resource" | "note" | "statutes" | "question" | "answer" | "ask_order" | "advice_group" | "proposal" | "bulletin" | "introduction" | "suggestion" | "welcome" | "ruling";

export type KindCount = { 
/**
 * The kind.
 */
kind: string, 
/**
 * How many.
 */
count: number, };

export type KretsComputer = { 
/**
 * Names it for commands.
 */
id: string, 
/**
 * This one.
 */
this: boolean, 
/**
 * It has told nothing for long and lacks the newest key. Known to admins only.
 */
resting: boolean, 
/**
 * Last day of a guest, `2027-01-31`.
 */
guest_until: string | null, 
/**
 * That day has passed.
 */
guest_over: boolean, };

export type KretsMunicipality = { 
/**
 * Its key.
 */
key: string, 
/**
 * What it is called.
 */
name: string, 
/**
 * Fewer than two people there are its admins.
 */
starting: boolean, 
/**
 * This computer acts for it.
 */
mine: boolean, 
/**
 * In Swedish order.
 */
people: Array<KretsPerson>, };

export type KretsPeople = { 
/**
 * In Swedish order.
 */
municipalities: Array<KretsMunicipality>, 
/**
 * Ends of an admin that one admin has signed, and that this one may sign too.
 */
unfinished: Array<UnfinishedEnd>, 
/**
 * What an admin did after his end, and that waits for another's word.
 */
suspended: Array<SuspendedAct>, 
/**
 * Root keys were changed by two pairs at once: one of them may be a thief.
 */
roots_disputed: boolean, 
/**
 * Entries that came after the end of whoever wrote them, and are not shown.
 */
after_end: number, };

export type KretsPerson = { 
/**
 * Key of the member.
 */
member: string, 
/**
 * What she is called; empty before that has come.
 */
name: string, 
/**
 * Uses this computer.
 */
me: boolean, 
/**
 * Admin of the municipality, or of the whole krets.
 */
admin: boolean, 
/**
 * May erase what colleagues of the municipality wrote, on all her computers.
 */
eraser: boolean, 
/**
 * Her computers.
 */
computers: Array<KretsComputer>, };

export type KretsState = { 
/**
 * Founded or joined.
 */
joined: boolean, 
/**
 * What the krets is called.
 */
name: string, 
/**
 * This device was taken out. What it has stays; nothing new comes.
 */
ended: boolean, 
/**
 * This device may invite to its municipality.
 */
admin: boolean, 
/**
 * How many computers belong.
 */
devices: number, 
/**
 * Entries that are held.
 */
entries: number, 
/**
 * Entries that wait for what they stand on.
 */
waiting: number, 
/**
 * Letters on their way.
 */
letters: Array<LetterOnItsWay>, 
/**
 * What became of the snapshot that this computer began with; none if it read none.
 */
snapshot: SnapshotSeen | null, };

export type Label = { 
/**
 * Name.
 */
title: string, 
/**
 * Whom the label leads to outside the krets (Juridik leads to the lawyer; need N28).
 */
contact: string | null, 
/**
 * No longer offered, still shown where it stands.
 */
retired: boolean, };

export type LabelPage = { 
/**
 * The label as in the list.
 */
row: LabelRow, 
/**
 * The one that it was merged into; none when it stands by itself.
 */
stands_as: Named | null, 
/**
 * What carries it, or a label that was merged into it; newest first.
 */
items: Array<Listed>, 
/**
 * There are more.
 */
cut: boolean, };

export type LabelRow = { 
/**
 * Head.
 */
head: Head, 
/**
 * As written.
 */
label: Label, 
/**
 * What it is called too: labels that were merged into it.
 */
also: Array<Named>, };

export type LanState = { 
/**
 * It is used.
 */
on: boolean, 
/**
 * Port on which this computer listens, for a colleague who types the address.
 */
port: number | null, 
/**
 * With how many computers there is a line now.
 */
lines: number, 
/**
 * Addresses that were typed.
 */
addresses: Array<string>, 
/**
 * A code of what is in the way.
 */
problem: string | null, };

export type LastBackup = { 
/**
 * Where it was put, for the user and IT.
 */
file: string, 
/**
 * When, UTC ms.
 */
made_at: number, 
/**
 * Length of the file.
 */
bytes: number, 
/**
 * How many items it holds.
 */
items: number, 
/**
 * When it was tried, UTC ms.
 */
tested_at: number | null, 
/**
 * What came of it.
 */
outcome: BackupOutcome | null, };

export type LateItem = { 
/**
 * The item.
 */
key: string, 
/**
 * What the item is.
 */
kind: Kind, 
/**
 * What it is called when all of this is in it; may be empty.
 */
title: string, 
/**
 * Names the computer for `take_up`.
 */
computer: string, 
/**
 * Municipality of the computer; empty before its name has come.
 */
municipality: string, 
/**
 * It counts: a colleague has built on it. Otherwise it is kept aside.
 */
counts: boolean, 
/**
 * What it stands on is here, so that it can be taken up.
 */
fits: boolean, 
/**
 * This computer decides about it.
 */
may: boolean, 
/**
 * One for each save, oldest first.
 */
saves: Array<LateSave>, 
/**
 * Texts of the entries that lines name.
 */
entries: { [key in string]: string }, 
/**
 * Titles of items that it names, by key.
 */
titles: { [key in string]: string }, };

export type LatePage = { 
/**
 * This computer is an admin's. To others nothing of it is shown.
 */
admin: boolean, 
/**
 * What is kept aside before what counts, each the newest first.
 */
items: Array<LateItem>, };

export type LateSave = { 
/**
 * Who wrote; empty before the name has come.
 */
name: string, 
/**
 * UTC ms, as claimed.
 */
written_at: number, 
/**
 * What. Empty when what it stands on has not come.
 */
lines: Array<HistoryLine>, };

export type Leaving = "archived" | "no_computer" | "guest";

export type LeavingRow = { 
/**
 * Who.
 */
member: Named, 
/**
 * Why.
 */
leaving: Leaving, 
/**
 * Last day of a guest, `2027-01-31`.
 */
until: string | null, 
/**
 * What she still answers for.
 */
held: Array<HeldThing>, };

export type LetterCode = { 
/**
 * Rows of `0` and `1`, the darker is 1, without the light border; empty when the letter is
 * too long to be read from a screen.
 */
rows: Array<string>, };

export type LetterFile = { 
/**
 * Ticket of the file.
 */
ticket: string, };

export type LetterId = { 
/**
 * Id of the invitation.
 */
invitation: string, };

export type LetterOnItsWay = { 
/**
 * Id of the invitation.
 */
invitation: string, 
/**
 * Somebody was invited here; else this device asks.
 */
inviting: boolean, 
/**
 * Krets of the invitation.
 */
krets: string, 
/**
 * Who invited.
 */
inviter: string, 
/**
 * UTC ms.
 */
made_at: number, };

export type LetterText = { 
/**
 * `RADRUM-…`
 */
text: string, };

export type LetterToFile = { 
/**
 * Ticket of the file.
 */
ticket: string, 
/**
 * The letter, with what is said around it.
 */
text: string, };

export type Listed = { 
/**
 * Key.
 */
key: string, 
/**
 * Title.
 */
title: string, 
/**
 * Out of sight.
 */
archived: boolean, 
/**
 * An organisation that is FoU: it holds no areas.
 */
fou: boolean, };

export type LostComputer = { 
/**
 * The computer.
 */
computer: string, 
/**
 * As in [`RemoveMember`].
 */
root_key: string, };

export type MailChoice = { 
/**
 * An address of mail; empty ends them.
 */
address: string, };

export type MailNotice = { 
/**
 * Where they are to go; empty for none.
 */
address: string, 
/**
 * How that stands.
 */
standing: MailStanding, };

export type MailStanding = "off" | "waits" | "on" | "no_letters" | "refused" | "example" | "no_relay" | "few";

export type MakeAdmin = { 
/**
 * Key of the member.
 */
member: string, 
/**
 * Of the whole krets, not of her municipality alone.
 */
whole: boolean, 
/**
 * Two root keys.
 */
root_keys: Array<string>, };

export type Matrix = { 
/**
 * Columns, in alphabetical order.
 */
municipalities: Array<Named>, 
/**
 * Rows, in alphabetical order.
 */
rows: Array<MatrixRow>, };

export type MatrixRow = { 
/**
 * Area.
 */
area: Named, 
/**
 * Holdings that are not over, lead first.
 */
cells: Array<Cell>, 
/**
 * Holdings that are over, newest first.
 */
past: Array<Cell>, 
/**
 * How many colleagues have met or learnt it, told only as none, one or several.
 */
experienced: Few, };

export type Member = { 
/**
 * Name.
 */
title: string, 
/**
 * Role at work, such as socialsekreterare.
 */
role: string | null, 
/**
 * Office.
 */
office: string | null, 
/**
 * Municipalities that the role spans, besides the owner.
 */
municipalities: Array<string>, 
/**
 * Telephone at work.
 */
phone: string | null, 
/**
 * E-mail at work.
 */
email: string | null, 
/**
 * "Ring mig gärna".
 */
call_me: boolean, 
/**
 * When: "tisdagar", "efter kl. 15".
 */
consult_when: string | null, 
/**
 * Who answers instead.
 */
deputy: string | null, 
/**
 * The colleague who helps her to find her way while she is new, from another municipality
 * if it can be (seed B20). They have agreed on it; she or her representative writes it.
 */
fadder: string | null, 
/**
 * Task in the krets.
 */
duty: Duty, 
/**
 * Last day that she is chosen for it.
 */
duty_until: string | null, 
/**
 * A few words, if she likes.
 */
about: string | null, 
/**
 * Her picture, if she likes: a small JPEG in base64. She alone puts it in.
 */
photo: string | null, 
/**
 * Lines that she wrote herself.
 */
experience: Array<Experience>, 
/**
 * Days when she cannot be reached.
 */
away: Array<Away>, };

export type MemberPage = { 
/**
 * Head.
 */
head: Head, 
/**
 * What she wrote.
 */
member: Member, 
/**
 * The same, as lists show it.
 */
row: MemberRow, 
/**
 * Is the one who uses this computer.
 */
is_me: boolean, 
/**
 * Areas that her municipality holds.
 */
holdings: Array<Cell>, 
/**
 * Lines that wait for her word: all on her own page, one's own on a colleague's.
 */
proposals: Array<ProposalRow>, 
/**
 * Her fadder.
 */
fadder: FadderOf, };

export type MemberRow = { 
/**
 * Key.
 */
key: string, 
/**
 * Name.
 */
title: string, 
/**
 * Role.
 */
role: string | null, 
/**
 * Office.
 */
office: Named | null, 
/**
 * Municipality.
 */
municipality: Named | null, 
/**
 * Telephone.
 */
phone: string | null, 
/**
 * E-mail.
 */
email: string | null, 
/**
 * "Ring mig gärna".
 */
call_me: boolean, 
/**
 * When she can think along.
 */
consult_when: string | null, 
/**
 * Away now or soon: first and last day.
 */
away: [string, string] | null, 
/**
 * Is away today.
 */
away_today: boolean, 
/**
 * Who answers instead.
 */
deputy: Named | null, 
/**
 * Her lines about the area that was asked for, or all of them.
 */
experience: Array<ExperienceRow>, 
/**
 * Task in the krets.
 */
duty: Duty, 
/**
 * Her office cannot help others today.
 */
paused: Pause | null, };

export type Members = { 
/**
 * Of one municipality.
 */
municipality: string | null, };

export type MergeNote = { 
/**
 * Who saved on an older version.
 */
author: Named | null, 
/**
 * Who had saved meanwhile.
 */
other: Named | null, 
/**
 * Fields that both wrote; empty when they wrote in different places.
 */
fields: Array<MergedField>, 
/**
 * UTC ms.
 */
merged_at: number, };

export type MergedField = { 
/**
 * The list.
 */
list: string | null, 
/**
 * The entry.
 */
entry: string | null, 
/**
 * The field.
 */
field: string, };

export type MergedPair = { 
/**
 * Which.
 */
of: Named, 
/**
 * The one that stands for it.
 */
stands_as: Named, };

export type Municipality = { 
/**
 * Name.
 */
title: string, 
/**
 * What kind. Unsaid it is a municipality.
 */
form: MunicipalityForm, 
/**
 * Municipality code.
 */
code: string | null, 
/**
 * Inhabitants.
 */
population: number | null, 
/**
 * When they were counted.
 */
population_on: string | null, 
/**
 * Its district court: not the same for all eight (domain.md section 2).
 */
court: string | null, 
/**
 * How its services are organised, so that answers can be read in context (seed B27).
 */
organisation: string | null, 
/**
 * What one must know of the place.
 */
local_knowledge: string | null, };

export type MunicipalityForm = "municipality" | "fou" | "unknown";

export type MunicipalityRow = { 
/**
 * Head.
 */
head: Head, 
/**
 * As written.
 */
municipality: Municipality, };

export type MunicipalityTurn = "joins" | "leaves" | "merges_into" | "shares_office";

export type Named = { 
/**
 * Key.
 */
key: string, 
/**
 * Title.
 */
title: string, };

export type Need = { "need": "leaving" } & LeavingRow | { "need": "few_admins" } | { "need": "unheld" } & UnheldArea | { "need": "unowned" } & OwnCard | { "need": "overdue" } & OwnCard | { "need": "nobody", 
/**
 * The area.
 */
area: Named, } | { "need": "asked" };

export type NeedsYou = { 
/**
 * Whose page; none before the reader has said who she is.
 */
municipality: Named | null, 
/**
 * At most seven, the most urgent first.
 */
lines: Array<Need>, 
/**
 * More stands on the municipality's page.
 */
more: boolean, };

export type NewRootKey = { 
/**
 * 64 hexadecimal digits.
 */
key: string, 
/**
 * On which paper it stands, 1 to 3.
 */
number: number, };

export type NewsGroup = { 
/**
 * Why.
 */
reason: NewsReason, 
/**
 * The area or label.
 */
of: Named | null, 
/**
 * The newest first.
 */
rows: Array<NewsOf>, };

export type NewsOf = { 
/**
 * What it is read as; the key of an answer leads to its thread.
 */
key: string, 
/**
 * Title; none when it was erased while answers stand.
 */
title: string | null, 
/**
 * What came, the newest first.
 */
what: Array<NewsWhat>, 
/**
 * Keys of what came, to mark it as read.
 */
keys: Array<string>, 
/**
 * When the newest of it was written, UTC ms, as claimed. What was written without a name
 * says no time.
 */
at: number | null, };

export type NewsPage = { 
/**
 * The own questions first, then threads, areas and labels that are followed.
 */
groups: Array<NewsGroup>, 
/**
 * Up to where it was read: what comes later stays when this is marked.
 */
to: number, };

export type NewsReason = "own_question" | "question" | "area" | "label";

export type NewsWhat = { 
/**
 * What it is.
 */
kind: Kind, 
/**
 * It was not here before; otherwise it was changed.
 */
fresh: boolean, 
/**
 * From which municipality.
 */
municipality: string | null, 
/**
 * Written without a name.
 */
nameless: boolean, 
/**
 * It stands in a thread and answers nothing: it asks further or adds something.
 */
further: boolean, };

export type Note = { 
/**
 * One line.
 */
title: string, 
/**
 * Running text in Markdown; two writers are merged by character.
 */
body: string, 
/**
 * The area it belongs to.
 */
area: string | null, 
/**
 * The item that it is about.
 */
about: string | null, 
/**
 * Labels.
 */
labels: Array<string>, };

export type NotePage = { 
/**
 * Head.
 */
head: Head, 
/**
 * The note.
 */
note: Note, 
/**
 * Its body as a tree to show.
 */
body: Array<Block>, };

export type NoteRow = { 
/**
 * Key.
 */
key: string, 
/**
 * Title.
 */
title: string, 
/**
 * Area.
 */
area: Named | null, 
/**
 * Labels.
 */
labels: Array<Named>, 
/**
 * Who wrote it.
 */
by: Named | null, 
/**
 * UTC ms, as claimed.
 */
updated_at: number, };

export type Nothing = Record<symbol, never>;

export type NoticeChoice = { 
/**
 * At all.
 */
on: boolean, 
/**
 * Quiet from; the same as `to` is never quiet.
 */
from: string, 
/**
 * Quiet to, which may be the next day.
 */
to: string, };

export type Office = { 
/**
 * Name.
 */
title: string, 
/**
 * Municipalities that it serves.
 */
municipalities: Array<string>, 
/**
 * Telephone.
 */
phone: string | null, 
/**
 * E-mail.
 */
email: string | null, 
/**
 * When it answers.
 */
hours: string | null, 
/**
 * "Kan inte hjälpa just nu", without stigma (need N40).
 */
paused: boolean, 
/**
 * First day of it; none is from when it was said.
 */
paused_from: string | null, 
/**
 * Last day of it; none is until further notice.
 */
paused_to: string | null, 
/**
 * Why, if they want to say.
 */
paused_note: string | null, 
/**
 * Who steps in for an area.
 */
reserves: Array<Reserve>, };

export type OfficeRow = { 
/**
 * Head.
 */
head: Head, 
/**
 * The office.
 */
office: Office, 
/**
 * It cannot help others today.
 */
paused_today: boolean, };

export type OwnCard = { 
/**
 * The card.
 */
card: Named, 
/**
 * Role that owns it, if any.
 */
owner_role: string | null, 
/**
 * Day to look it through, if it has one.
 */
review_on: string | null, 
/**
 * That day has come.
 */
overdue: boolean, };

export type OwnMunicipality = { 
/**
 * Whose page; none before the reader has said who she is. Then all else is empty.
 */
municipality: Named | null, 
/**
 * Fewer than two people there may take colleagues in and out of the krets.
 */
few_admins: boolean, 
/**
 * Colleagues who have left, or leave soon, and answer for something, by name.
 */
leaving: Array<LeavingRow>, 
/**
 * Areas without somebody who answers for them, the own municipality's first.
 */
unheld: Array<UnheldArea>, 
/**
 * Own cards that nobody owns, by name.
 */
unowned: Array<OwnCard>, 
/**
 * Own cards whose day to be looked through has come or comes soon, the first day first.
 */
reviews: Array<OwnCard>, 
/**
 * Colleagues who came lately, by name.
 */
newcomers: Array<MemberRow>, 
/**
 * Open questions from elsewhere that the municipality has not answered; the newest first.
 */
waiting: Array<QuestionRow>, 
/**
 * There are more of them than are shown.
 */
more_waiting: boolean, 
/**
 * Areas that one colleague of the municipality has met, or nobody, by name.
 */
thin: Array<ThinArea>, 
/**
 * Versions of cards that the municipality has laid down and that apply, by card.
 */
rulings: Array<RulingRow>, };

export type PackRead = { 
/**
 * Version of the pack.
 */
pack: string, 
/**
 * Cards that the krets did not have and now has as drafts.
 */
added: number, 
/**
 * Cards of the krets beside which something new stands.
 */
news: number, };

export type Parcel = { 
/**
 * What it is called.
 */
municipality: string, 
/**
 * On how many days it was written.
 */
days: number, 
/**
 * Items that were made or changed.
 */
items: number, };

export type Parked = "group" | "meeting" | "unknown";

export type Part = "when" | "must" | "help" | "form" | "pitfall" | "child" | "question" | "term" | "unknown";

export type Pause = { 
/**
 * Last day of it; none is until further notice.
 */
to: string | null, 
/**
 * In their words.
 */
note: string | null, };

export type Piece = { 
/**
 * Text.
 */
text: string, 
/**
 * Was found.
 */
hit: boolean, };

export type Playbook = { 
/**
 * Name.
 */
title: string, 
/**
 * What sort.
 */
playbook: PlaybookKind, 
/**
 * Area.
 */
area: string | null, 
/**
 * Labels.
 */
labels: Array<string>, 
/**
 * What else it is called, comma separated.
 */
also_called: string | null, 
/**
 * The law is about to change.
 */
notice: string | null, 
/**
 * Which bill or report.
 */
notice_law: string | null, 
/**
 * From this day the notice is urgent.
 */
notice_from: string | null, 
/**
 * Role that owns the card; none is a visible state.
 */
owner_role: string | null, 
/**
 * Role that steps in.
 */
deputy_role: string | null, 
/**
 * Who has the role that owns the card today: roles own, persons hold them (need N48).
 */
owner_member: string | null, 
/**
 * Who has the role that steps in.
 */
deputy_member: string | null, 
/**
 * Day to look it through.
 */
review_on: string | null, 
/**
 * Day it was last looked through.
 */
reviewed_on: string | null, 
/**
 * "Utkast, granskas av er".
 */
draft: boolean, 
/**
 * Version of the starter pack that it came from.
 */
pack: string | null, 
/**
 * The question that it grew out of.
 */
origin: string | null, 
/**
 * All statements, ordered; `part` says under which heading.
 */
statements: Array<Statement>, 
/**
 * Steps, ordered.
 */
steps: Array<Step>, 
/**
 * Deadlines, ordered.
 */
deadlines: Array<Deadline>, 
/**
 * Sources, at most seven (need N26).
 */
sources: Array<SourceLink>, 
/**
 * Where and in which year it was last done, written by hand.
 */
done: Array<Done>, };

export type PlaybookKind = "rare_case" | "cooperation_routine" | "general" | "unknown";

export type PlaybookPage = { 
/**
 * Head.
 */
head: Head, 
/**
 * The card.
 */
card: Playbook, 
/**
 * Length of each deadline in words, by entry.
 */
lengths: { [key in string]: string }, 
/**
 * The notice is urgent by now.
 */
notice_urgent: boolean, 
/**
 * How municipalities do it: the own first, then in alphabetical order.
 */
variants: Array<VariantOf>, 
/**
 * Departures, newest first.
 */
deviations: Array<DeviationOf>, 
/**
 * Who can help with the area.
 */
people: AreaPeople, 
/**
 * Contacts and resources that the card points to.
 */
helpers: Array<HelperRow>, 
/**
 * Ticked steps; private.
 */
ticks: Array<string>, 
/**
 * Notes about the card or its area, newest first.
 */
notes: Array<Named>, 
/**
 * A newer starter card is there.
 */
news: StarterNews | null, 
/**
 * What changed that touches the card, the newest first, until somebody archives it.
 */
bulletins: Array<BulletinRow>, };

export type PlaybookRow = { 
/**
 * Key.
 */
key: string, 
/**
 * Title.
 */
title: string, 
/**
 * What sort.
 */
playbook: PlaybookKind, 
/**
 * Area.
 */
area: Named | null, 
/**
 * Labels.
 */
labels: Array<Named>, 
/**
 * Nobody in the krets has looked it through yet.
 */
draft: boolean, 
/**
 * Day it was last looked through.
 */
reviewed_on: string | null, 
/**
 * Role that owns it.
 */
owner_role: string | null, 
/**
 * Municipalities that have written how they do it.
 */
variants: Array<string>, 
/**
 * Several texts stand side by side.
 */
voices: boolean, };

export type PostAnonymous = { 
/**
 * `question` or `answer`.
 */
kind: Kind, 
/**
 * What it says. Nothing that tells who wrote it is taken.
 */
edits: Array<Edit>, 
/**
 * What the writer has chosen to keep of what was asked about.
 */
accepted?: Array<Accepted>, };

export type ProposalRow = { 
/**
 * Key.
 */
key: string, 
/**
 * Of what.
 */
area: Named, 
/**
 * How well.
 */
level: ExperienceLevel, 
/**
 * Last year of it.
 */
year: number | null, 
/**
 * A few words.
 */
note: string | null, 
/**
 * Who proposes it.
 */
by: Named | null, };

export type Question = { 
/**
 * What is asked; the first sentence is the title. A form without case text says itself.
 */
text: string, 
/**
 * What else is good to know.
 */
more: string | null, 
/**
 * Area.
 */
area: string | null, 
/**
 * Labels.
 */
labels: Array<string>, 
/**
 * What sort.
 */
form: QuestionForm, 
/**
 * How it stands; none is open.
 */
state: QuestionState, 
/**
 * For which meeting it is kept.
 */
parked: Parked, 
/**
 * How to reach the asker.
 */
contact_road: string | null, 
/**
 * When a talk would be good.
 */
wished_time: string | null, 
/**
 * Whose question it is now; none is whoever wrote it. Handed over when she leaves.
 */
asker: string | null, 
/**
 * The one colleague who is asked to think along.
 */
asked: string | null, };

export type QuestionForm = "question" | "experience_request" | "second_eyes" | "unknown";

export type QuestionPage = { 
/**
 * Key of the question.
 */
key: string, 
/**
 * The question; none when it was erased and answers stand.
 */
asked: AskedQuestion | null, 
/**
 * What the asker has added to the question itself.
 */
follow_ups: Array<AnswerOf>, 
/**
 * Answers side by side: by municipality in alphabetical order, then by time.
 */
threads: Array<Thread>, 
/**
 * What grew out of it.
 */
grown: Array<Grown>, 
/**
 * Cards of its area, for a departure to be written on.
 */
cards: Array<Named>, };

export type QuestionRow = { 
/**
 * Key.
 */
key: string, 
/**
 * Its first sentence.
 */
title: string, 
/**
 * What sort.
 */
form: QuestionForm, 
/**
 * How it stands, in the asker's word.
 */
state: QuestionState, 
/**
 * For which meeting it is kept.
 */
parked: Parked, 
/**
 * Area.
 */
area: Named | null, 
/**
 * Labels.
 */
labels: Array<Named>, 
/**
 * Whose question it is.
 */
by: Named | null, 
/**
 * Her municipality.
 */
municipality: Named | null, 
/**
 * The colleague who is asked to think along.
 */
asked: Named | null, 
/**
 * UTC ms, as claimed.
 */
created_at: number, 
/**
 * Nobody has answered.
 */
unanswered: boolean, 
/**
 * Municipalities that have answered, in alphabetical order.
 */
answered_by: Array<string>, 
/**
 * The reader asked.
 */
mine: boolean, };

export type QuestionState = "open" | "with_group" | "clear" | "unknown";

export type QuestionsPage = { 
/**
 * Whoever asked is not done; the newest first.
 */
open: Array<QuestionRow>, 
/**
 * Of these, what nobody has answered, however old.
 */
unanswered: Array<QuestionRow>, 
/**
 * Of these, what comes from elsewhere and the reader's municipality has not answered,
 * however old.
 */
waiting: Array<QuestionRow>, 
/**
 * The others.
 */
clear: Array<QuestionRow>, 
/**
 * Kept for a meeting, however they stand.
 */
parked: Array<QuestionRow>, 
/**
 * Andra ögon that the reader asked for, or is asked for.
 */
second_eyes: Array<QuestionRow>, 
/**
 * Questions that were erased while answers to them stand.
 */
erased: Array<string>, 
/**
 * There are more than are shown.
 */
cut: boolean, };

export type ReadNews = { 
/**
 * Up to where.
 */
to: number, 
/**
 * Keys of what came.
 */
keys: Array<string>, };

export type ReadPack = { 
/**
 * A ticket for the file.
 */
ticket: string, };

export type RecentRow = { 
/**
 * Key.
 */
key: string, 
/**
 * Title.
 */
title: string, 
/**
 * What was written: the card itself, or something that hangs on it.
 */
kind: Kind, 
/**
 * Who; none is the program.
 */
by: Named | null, 
/**
 * UTC ms, as claimed.
 */
updated_at: number, };

export type Records = { 
/**
 * The folder of the profile.
 */
folder: string, 
/**
 * The encrypted file in it.
 */
file: string, 
/**
 * Size of that file with what waits to be folded into it, bytes.
 */
bytes: number, 
/**
 * How many items of each kind, archived ones counted; the most first.
 */
kinds: Array<KindCount>, 
/**
 * When the oldest item was made, as claimed, UTC ms; none without items.
 */
first_at: number | null, 
/**
 * When something was last changed, as claimed, UTC ms.
 */
last_at: number | null, 
/**
 * Items and forms with a draft.
 */
drafts: number, 
/**
 * Ticked steps.
 */
ticks: number, 
/**
 * Sealed entries of all computers that are held here; zero before a krets.
 */
entries: number, 
/**
 * Those of them that were erased, and of which no content is left.
 */
erased: number, 
/**
 * When the profile was made, UTC ms.
 */
since: number, 
/**
 * Addresses of the relays that it sends through.
 */
relays: Array<string>, 
/**
 * Days for which the program keeps its log.
 */
log_days: number, 
/**
 * Program version.
 */
version: string, };

export type RegionPage = { 
/**
 * Name.
 */
region: string, 
/**
 * Is the Exempelkrets.
 */
example: boolean, 
/**
 * Where the data lie.
 */
folder: string, 
/**
 * Size of the database on disk, bytes.
 */
bytes: number, 
/**
 * Program version.
 */
version: string, 
/**
 * Version of the starter content in the program.
 */
pack: string, 
/**
 * Short name of this computer, for IT.
 */
device: string, 
/**
 * Entries in the log.
 */
entries: number, 
/**
 * Member organisations.
 */
municipalities: Array<MunicipalityRow>, 
/**
 * Areas.
 */
areas: Array<AreaRow>, 
/**
 * What is worth looking through.
 */
reviews: Array<ReviewRow>, 
/**
 * Everything that is out of sight.
 */
archived: Array<Listed>, };

export type Rejected = { 
/**
 * `title`, `steps/text`.
 */
path: string, } & ({ "reason": "unknown" } | { "reason": "required" } | { "reason": "too_long", 
/**
 * Characters.
 */
max: number, } | { "reason": "too_many", 
/**
 * Entries.
 */
max: number, } | { "reason": "no_such_entry" } | { "reason": "wrong_type" } | { "reason": "not_a_date" } | { "reason": "not_a_year" } | { "reason": "not_a_choice" } | { "reason": "not_a_key" } | { "reason": "not_a_web_address" } | { "reason": "not_an_email" } | { "reason": "not_a_photo" } | { "reason": "not_a_length" });

export type Relays = { 
/**
 * `https://…`, best first.
 */
relays: Array<string>, };

export type RemoveMember = { 
/**
 * Key of the member.
 */
member: string, 
/**
 * A root key, when she is an admin and no second admin is to sign; else empty.
 */
root_key: string, };

export type Render = { text: string, };

export type Representative = { 
/**
 * Who.
 */
member: Named, 
/**
 * Representative or reserve.
 */
duty: Duty, 
/**
 * Last day that she is chosen for, `2027-12-31`.
 */
until: string | null, 
/**
 * That day has passed.
 */
over: boolean, };

export type RequestSeen = { 
/**
 * Id of the invitation.
 */
invitation: string, 
/**
 * What the person says that she is called.
 */
name: string, 
/**
 * Six digits to read out.
 */
question: string, };

export type Reserve = { 
/**
 * Entry.
 */
id: string, 
/**
 * Out of sight.
 */
removed: boolean, 
/**
 * For which area.
 */
area: string | null, 
/**
 * Which office.
 */
office: string | null, };

export type Resource = { 
/**
 * Name.
 */
title: string, 
/**
 * What it offers.
 */
about: string | null, 
/**
 * Where it is. Never the address of a sheltered home.
 */
place: string | null, 
/**
 * How a case gets there.
 */
referral: string | null, 
/**
 * Telephone.
 */
phone: string | null, 
/**
 * When someone last checked that this is right.
 */
verified_on: string | null, 
/**
 * What to do when it is full or too far.
 */
alternative: string | null, 
/**
 * What it costs; shown folded, never a sort key (need N65).
 */
cost: string | null, 
/**
 * From each office.
 */
travel: Array<Travel>, 
/**
 * Areas it serves.
 */
areas: Array<string>, 
/**
 * Labels.
 */
labels: Array<string>, };

export type ResourceRow = { 
/**
 * Head.
 */
head: Head, 
/**
 * The resource.
 */
resource: Resource, 
/**
 * From the own office.
 */
own_km: number | null, 
/**
 * From the own office, minutes.
 */
own_minutes: number | null, };

export type ResponsibilityKind = "lead" | "support" | "unknown";

export type Restore = { 
/**
 * A ticket for the file.
 */
ticket: string, 
/**
 * What opens it.
 */
passphrase: string, 
/**
 * Where there is no key store: what opens the profile from now on.
 */
new_passphrase: string | null, };

export type ReviewRow = { 
/**
 * Key.
 */
key: string, 
/**
 * Title.
 */
title: string, 
/**
 * Day to look it through, if it has one.
 */
review_on: string | null, 
/**
 * Role that owns it, if any.
 */
owner_role: string | null, 
/**
 * Nobody has looked it through yet.
 */
draft: boolean, 
/**
 * Several texts wait for a choice.
 */
voices: boolean, };

export type RoadPhase = "closed" | "resting" | "connecting" | "fetching" | "sending" | "up_to_date";

export type RoadState = { 
/**
 * Addresses of relays, best first.
 */
relays: Array<string>, 
/**
 * When something was last fetched, by whatever road; UTC ms.
 */
fetched_at: number | null, 
/**
 * Own entries that no relay has; without a relay, that are on no stick.
 */
waiting: number, 
/**
 * What the road is doing.
 */
phase: RoadPhase, 
/**
 * A code of what is in the way.
 */
problem: string | null, 
/**
 * This device's relay key, for the operator's configuration; none outside a krets.
 */
relay_key: string | null, 
/**
 * Id of the krets, for the same.
 */
region_id: string, 
/**
 * The local network; off until somebody turns it on.
 */
lan: LanState, };

export type RootKeys = { 
/**
 * Each 64 hexadecimal digits.
 */
keys: Array<string>, };

export type RootsTried = { 
/**
 * Their numbers on the papers, 1 to 3.
 */
right: Array<number>, };

export type Row = { 
/**
 * Key of the item.
 */
key: string, 
/**
 * Title.
 */
title: string, 
/**
 * Where in it the answer stands, or why this person: "Steg 7: …", "har mött 2023".
 */
where: string, 
/**
 * Entry to scroll to.
 */
anchor: string, 
/**
 * What stands at the right: a telephone number, "granskat mars 2026".
 */
aside: string, 
/**
 * The title in pieces, with what was found.
 */
title_pieces: Array<Piece>, 
/**
 * `where` in pieces, with what was found.
 */
where_pieces: Array<Piece>, };

export type Rule = { 
/**
 * "SoL 11:1", "11 kap. 1 § socialtjänstlagen", "SFS 2025:400".
 */
statute: string, };

export type Ruling = { 
/**
 * The card.
 */
playbook: string | null, 
/**
 * Which version of it, as [`crate::Version`] reads it. Written once.
 */
version: string, 
/**
 * Who decided, as a role: "IFO-chef".
 */
role: string, 
/**
 * Day of the decision, `YYYY-MM-DD`.
 */
on: string, 
/**
 * Number of the decision. A case number may stand here.
 */
number: string | null, 
/**
 * The first day on which it does not apply any more; none is until further notice.
 */
until: string | null, };

export type RulingNow = { 
/**
 * The version that stands.
 */
version: string, 
/**
 * It stands in several texts: one is to be chosen first.
 */
voices: boolean, 
/**
 * The reader represents the municipality, or nobody does yet.
 */
may: boolean, 
/**
 * Colleagues who may, by name.
 */
ask: Array<Named>, };

export type RulingPage = { 
/**
 * Head.
 */
head: Head, 
/**
 * As written.
 */
ruling: Ruling, 
/**
 * As it is listed.
 */
row: RulingRow, 
/**
 * The card as it stood; none when it is not here or was erased. Nothing stands beside it.
 */
then: PlaybookPage | null, 
/**
 * The card stood in several texts then, of which one is shown.
 */
several: boolean, };

export type RulingRow = { 
/**
 * Key.
 */
key: string, 
/**
 * The card; without a title when it has not come or was erased.
 */
card: Named, 
/**
 * Whose decision.
 */
municipality: Named, 
/**
 * Is the reader's own.
 */
own: boolean, 
/**
 * Who decided, as a role.
 */
role: string, 
/**
 * Day of the decision.
 */
on: string, 
/**
 * Number of the decision.
 */
number: string | null, 
/**
 * The first day on which it does not apply any more.
 */
until: string | null, 
/**
 * Whether it applies.
 */
standing: RulingStanding, 
/**
 * What became of the version.
 */
version: RulingVersion, 
/**
 * Something in it was changed at a computer of another municipality.
 */
changed_outside: boolean, 
/**
 * Several texts stand side by side.
 */
voices: boolean, 
/**
 * Who wrote it down here.
 */
by: Named | null, };

export type RulingStanding = "in_force" | "ended" | "replaced" | "outside";

export type RulingVersion = "same" | "changed" | "not_here" | "gone";

export type RulingsPage = { 
/**
 * The own municipality's first, then in alphabetical order; of each the newest first.
 */
rows: Array<RulingRow>, 
/**
 * What the own municipality would lay down now; none without one, and for FoU.
 */
now: RulingNow | null, };

export type SaveDraft = { key: string, field: string, heads: Array<string>, text: string, window: string, };

export type SavedDraft = { 
/**
 * The item, or the name of a form.
 */
key: string, 
/**
 * Field.
 */
field: string, 
/**
 * Window.
 */
window: string, 
/**
 * What it stands on.
 */
heads: Array<string>, 
/**
 * Text.
 */
text: string, 
/**
 * UTC ms.
 */
updated_at: number, };

export type Scalar = boolean | number | string;

export type Search = { text: string, };

export type SearchAnswer = { 
/**
 * Groups that have something, first to look at first.
 */
groups: Array<Group>, 
/**
 * The answer is thin: the page leads on to the krets, a person or the start guide.
 */
thin: boolean, 
/**
 * Lists and search are still filling up.
 */
rebuilding: boolean, };

export type SessionInfo = { 
/**
 * Name of the krets.
 */
region: string, 
/**
 * Is the Exempelkrets.
 */
example: boolean, 
/**
 * The member who uses this computer.
 */
me: Named | null, 
/**
 * Her municipality.
 */
municipality: Named | null, 
/**
 * That is FoU: it has no way of its own beside those of the municipalities.
 */
fou: boolean, 
/**
 * Today in Sweden, `YYYY-MM-DD`.
 */
today: string, 
/**
 * Program version.
 */
version: string, 
/**
 * Lists and search are still filling up.
 */
rebuilding: boolean, };

export type Similar = { 
/**
 * Questions that were asked before.
 */
questions: Array<Row>, 
/**
 * Cards.
 */
cards: Array<Row>, 
/**
 * The area that it is about, if one stands out.
 */
area: Named | null, 
/**
 * Labels that its words name.
 */
labels: Array<Named>, };

export type Since = { 
/**
 * All lines; otherwise a few, the most important ones.
 */
all: boolean, };

export type SinceChange = { 
/**
 * Which part.
 */
part: SincePart, 
/**
 * What was done.
 */
how: SinceHow, 
/**
 * More than once.
 */
several: boolean, };

export type SinceHow = "added" | "changed" | "removed";

export type SinceLine = { "line": "answered", 
/**
 * The question.
 */
question: Named, 
/**
 * From where, by name.
 */
municipalities: Array<string>, 
/**
 * Also, or only, somebody without a name.
 */
nameless: boolean, 
/**
 * Nobody answered yet; what came asks further.
 */
further: boolean, } | { "line": "asked", 
/**
 * The request.
 */
question: Named, 
/**
 * Who asks.
 */
by: Named | null, } | { "line": "proposed", 
/**
 * Page of the reader, where it waits.
 */
member: string, 
/**
 * Area.
 */
area: Named, } | { "line": "given", 
/**
 * What.
 */
item: Named, 
/**
 * Its kind.
 */
kind: Kind, } | { "line": "changed", 
/**
 * What.
 */
item: Named, 
/**
 * Its kind.
 */
kind: Kind, 
/**
 * How, by part.
 */
what: Array<SinceChange>, } | { "line": "newcomer", 
/**
 * Who.
 */
member: Named, 
/**
 * Where.
 */
municipality: string | null, } | { "line": "left", 
/**
 * Who.
 */
member: Named, 
/**
 * Where.
 */
municipality: string | null, } | { "line": "bulletin", 
/**
 * What.
 */
bulletin: Named, } | { "line": "new_card", 
/**
 * Which.
 */
card: Named, 
/**
 * From where.
 */
municipality: string | null, } | { "line": "paused", 
/**
 * Which.
 */
office: Named, };

export type SincePage = { 
/**
 * Whole weeks since this window was last looked at, two or more.
 */
weeks: number, 
/**
 * Up to where it tells of what has come.
 */
to: number, 
/**
 * The most important first.
 */
lines: Array<SinceLine>, 
/**
 * There are more lines than these.
 */
more: boolean, 
/**
 * What else is new or changed.
 */
others: Array<Kind>, };

export type SincePart = "steps" | "deadlines" | "statements" | "sources" | "done" | "variants" | "deviations" | "rest";

export type SinceRead = { 
/**
 * As the page told it: what came later is kept for her.
 */
to: number, };

export type SnapshotSeen = { 
/**
 * How far it is.
 */
state: SnapshotStep, 
/**
 * Items that were read from it.
 */
items: number, 
/**
 * Items that it says it has.
 */
of: number, 
/**
 * Name of the municipality whose computer made it; none when something of a dropped one
 * could be neither proved nor disproved, and nobody is to blame.
 */
by: string | null, 
/**
 * Since when it is so, UTC ms.
 */
at: number, };

export type SnapshotStep = "reading" | "checking" | "done" | "dropped";

export type Source = "law" | "research" | "authority" | "experience" | "practice" | "unknown";

export type SourceLink = { 
/**
 * Entry.
 */
id: string, 
/**
 * Out of sight.
 */
removed: boolean, 
/**
 * Name.
 */
title: string, 
/**
 * One line of why to read it.
 */
why: string | null, 
/**
 * Web page.
 */
web: string | null, 
/**
 * Title or content could not be checked.
 */
unverified: boolean, };

export type StartPage = { 
/**
 * Written lately in the krets.
 */
recent: Array<RecentRow>, 
/**
 * What waits for the reader: drafts and texts to choose between.
 */
waiting: Array<WaitingRow>, 
/**
 * The reader is new: the page leads to her introduction.
 */
is_new: boolean, 
/**
 * Areas of cards.
 */
areas: Array<Named>, 
/**
 * What changed or will: the newest few.
 */
bulletins: Array<BulletinRow>, };

export type StartState = { "state": "ready", 
/**
 * Its head.
 */
session: SessionInfo, } | { "state": "first_run", 
/**
 * This computer has no key store: a passphrase is needed.
 */
needs_passphrase: boolean, } | { "state": "passphrase" } | { "state": "trouble", 
/**
 * Which trouble.
 */
trouble: Trouble, 
/**
 * The folder, for the user and IT.
 */
folder: string, };

export type StarterNews = { 
/**
 * Version of the newer pack.
 */
pack: string, 
/**
 * Statements that the own card has not had.
 */
statements: Array<StarterStatement>, };

export type StarterStatement = { 
/**
 * Fingerprint.
 */
pack: string, 
/**
 * The list that it goes to.
 */
list: string, 
/**
 * Heading.
 */
heading: string, 
/**
 * What it says.
 */
text: string, };

export type Statement = { 
/**
 * Entry.
 */
id: string, 
/**
 * Out of sight.
 */
removed: boolean, 
/**
 * Heading.
 */
part: Part, 
/**
 * What it says.
 */
text: string, 
/**
 * The word that a term explains.
 */
word: string | null, 
/**
 * Who says so.
 */
source: Source, 
/**
 * Statute references, parted by `; `.
 */
statute: string | null, 
/**
 * When they were checked.
 */
checked: string | null, 
/**
 * In force from, where known.
 */
valid_from: string | null, 
/**
 * In force until, where known.
 */
valid_to: string | null, 
/**
 * Could not be checked.
 */
unverified: boolean, 
/**
 * External contact or resource that it points to.
 */
contact: string | null, };

export type Statutes = { 
/**
 * What the krets is for.
 */
purpose: string | null, 
/**
 * Who may join.
 */
membership: string | null, 
/**
 * How representatives are chosen, and for how long.
 */
election: string | null, 
/**
 * How much time each municipality sets aside for the krets, and where that stands (need N49).
 */
time: string | null, 
/**
 * The organisation that keeps root key 1, as its paper is numbered. The signed facts know
 * the keys, and never who keeps them.
 */
root_1: string | null, 
/**
 * The organisation that keeps root key 2.
 */
root_2: string | null, 
/**
 * The organisation that keeps root key 3.
 */
root_3: string | null, 
/**
 * Since when they hold.
 */
adopted_on: string | null, 
/**
 * Day to look them through.
 */
review_on: string | null, };

export type StatutesPage = { 
/**
 * None until somebody has written them.
 */
head: Head | null, 
/**
 * What is written.
 */
statutes: Statutes, 
/**
 * The day on which they should have been looked through has passed.
 */
review_over: boolean, 
/**
 * Municipalities of the krets in Swedish order, and FoU among them.
 */
places: Array<StatutesPlace>, 
/**
 * The reader is an admin, or alone. The page offers to write; nothing is refused.
 */
may_write: boolean, 
/**
 * Who may, when it is not the reader.
 */
writers: Array<Named>, };

export type StatutesPlace = { 
/**
 * Which.
 */
municipality: Named, 
/**
 * The representative before her reserve.
 */
representatives: Array<Representative>, };

export type Step = { 
/**
 * Entry.
 */
id: string, 
/**
 * Out of sight.
 */
removed: boolean, 
/**
 * What to do.
 */
text: string, 
/**
 * How far it binds.
 */
force: Force, 
/**
 * Belongs to the first day.
 */
first_day: boolean, 
/**
 * Who says so.
 */
source: Source, 
/**
 * Statute references, parted by `; `.
 */
statute: string | null, 
/**
 * When they were checked.
 */
checked: string | null, 
/**
 * In force from, where known.
 */
valid_from: string | null, 
/**
 * In force until, where known.
 */
valid_to: string | null, 
/**
 * Could not be checked.
 */
unverified: boolean, 
/**
 * Om resursen saknas hos oss.
 */
if_missing: string | null, };

export type StepForward = { 
/**
 * What she wrote.
 */
key: string, 
/**
 * What she says with it.
 */
text: string, 
/**
 * The window that asks.
 */
window: string, 
/**
 * What the writer has chosen to keep of what was asked about.
 */
accepted?: Array<Accepted>, };

export type StepPage = "search" | "cards" | "questions" | "people" | "me" | "ask_order" | "matrix" | "shared" | "news" | "municipality" | "needs_you" | "colleagues" | "unknown";

export type Suggestion = { 
/**
 * One line.
 */
title: string, 
/**
 * What happened, or what would be better.
 */
text: string | null, 
/**
 * The page that it was written from, as its address without what was typed: `kort/lvm`.
 */
page: string | null, 
/**
 * What sort.
 */
form: SuggestionForm, 
/**
 * What becomes of it.
 */
state: SuggestionState, 
/**
 * What those who look after it say.
 */
answer: string | null, };

export type SuggestionForm = "wish" | "fault" | "unknown";

export type SuggestionRow = { 
/**
 * Head.
 */
head: Head, 
/**
 * As written.
 */
suggestion: Suggestion, };

export type SuggestionState = "taken_up" | "done" | "not_now" | "unknown";

export type SuspendedAct = { 
/**
 * Names it for `confirm_act`.
 */
id: string, 
/**
 * It ended a computer; otherwise it took one in.
 */
ends: boolean, 
/**
 * Whose computer; empty before her name has come.
 */
name: string, 
/**
 * Name of her municipality; empty before that has come.
 */
municipality: string, 
/**
 * Who did it.
 */
by: string, 
/**
 * This computer may say so alone.
 */
may: boolean, };

export type TakeStatement = { key: string, heads: Array<string>, pack: string, window: string, };

export type TakeUp = { 
/**
 * The item.
 */
key: string, 
/**
 * From [`LateItem`].
 */
computer: string, 
/**
 * The window that asks.
 */
window: string, };

export type TextToCheck = { 
/**
 * Kind of the item.
 */
kind: Kind, 
/**
 * The item; none when it is new. What stands there already is not told again.
 */
key: string | null, 
/**
 * `title`, or `steps/<entry>/text`.
 */
path: string, 
/**
 * The text.
 */
text: string, 
/**
 * It is written without a name, where more gives somebody away.
 */
anonymous?: boolean, };

export type ThinArea = { 
/**
 * The area.
 */
area: Named, 
/**
 * The one at home who has met it.
 */
here: Named | null, 
/**
 * Somebody elsewhere in the krets who can be asked.
 */
ask: MemberRow | null, };

export type Thread = { 
/**
 * The answer.
 */
answer: AnswerOf, 
/**
 * What was asked further and answered there, in order of time.
 */
replies: Array<AnswerOf>, };

export type Tick = { playbook: string, step: string, ticked: boolean, };

export type Tour = { 
/**
 * Code of the stop that is shown; none when no tour is under way.
 */
stop: string | null, 
/**
 * It was put away or gone through: the start page does not offer it any more.
 */
away: boolean, };

export type Travel = { 
/**
 * Entry.
 */
id: string, 
/**
 * Out of sight.
 */
removed: boolean, 
/**
 * From which office.
 */
office: string | null, 
/**
 * Distance by road.
 */
km: number | null, 
/**
 * Time by car in winter.
 */
minutes: number | null, };

export type Trouble = "wrong_key" | "key_missing" | "key_store_missing" | "damaged" | "disk_full" | "read_only" | "synced_folder" | "network_folder" | "already_open" | "newer_program" | "unknown";

export type TypedRootKeys = { 
/**
 * Each 64 hexadecimal digits, spaces and line breaks as one likes.
 */
root_keys: Array<string>, };

export type UnfinishedEnd = { 
/**
 * Names it for `sign_end`.
 */
id: string, 
/**
 * Whom.
 */
name: string, 
/**
 * The one who looks has signed already, or it is about her.
 */
signed: boolean, };

export type UnheldArea = { 
/**
 * The area.
 */
area: Named, 
/**
 * The own municipality's holding of it, which names nobody who is there; without one, no
 * municipality has the lead.
 */
holding: string | null, };

export type Unlock = { passphrase: string, };

export type UseLan = { 
/**
 * Use it.
 */
on: boolean, 
/**
 * Port to listen on; 0 for any.
 */
port: number, 
/**
 * Other computers, `host:port`.
 */
addresses: Array<string>, };

export type Variant = { 
/**
 * The card.
 */
playbook: string | null, 
/**
 * The step, if it is about one.
 */
step: string | null, 
/**
 * What they do.
 */
text: string, 
/**
 * Day on which the office talked it through and agreed (need N52).
 */
agreed_on: string | null, 
/**
 * Who was there, by role and never by name.
 */
present: string | null, };

export type VariantOf = { 
/**
 * Head.
 */
head: Head, 
/**
 * The text.
 */
variant: Variant, 
/**
 * Whose.
 */
municipality: Named, 
/**
 * Is the reader's own.
 */
own: boolean, };

export type VoiceOf = { 
/**
 * What was written; null is emptied.
 */
value: string | number | boolean | null, 
/**
 * Who wrote.
 */
author: Named | null, 
/**
 * Her municipality.
 */
municipality: string | null, 
/**
 * UTC ms, as claimed.
 */
written_at: number, };

export type VoicesOf = { 
/**
 * The list, if the field is in an entry.
 */
list: string | null, 
/**
 * The entry.
 */
id: string | null, 
/**
 * The field.
 */
field: string, 
/**
 * By municipality in alphabetical order.
 */
voices: Array<VoiceOf>, };

export type WaitingAct = "write" | "clear" | "erase";

export type WaitingPost = { 
/**
 * To take it back.
 */
id: string, 
/**
 * What it does.
 */
act: WaitingAct, 
/**
 * What it is, or is about.
 */
kind: Kind, 
/**
 * The question that it answers.
 */
question: string | null, 
/**
 * What it says, or what the item is called.
 */
text: string, 
/**
 * It is on its way and cannot be taken back.
 */
sent: boolean, };

export type WaitingRow = { "waiting": "draft", 
/**
 * Key of the item, or the form.
 */
key: string, 
/**
 * Title.
 */
title: string, 
/**
 * UTC ms.
 */
updated_at: number, } | { "waiting": "asked", 
/**
 * Key.
 */
key: string, 
/**
 * Title.
 */
title: string, 
/**
 * Who asks.
 */
by: Named | null, } | { "waiting": "proposed", 
/**
 * Key of the reader's page.
 */
key: string, 
/**
 * Of what.
 */
title: string, 
/**
 * Who proposes it.
 */
by: Named | null, } | { "waiting": "voices", 
/**
 * Key.
 */
key: string, 
/**
 * Title.
 */
title: string, };

export type Welcome = { 
/**
 * A few sentences; empty shows none.
 */
text: string | null, };

export type WelcomePage = { 
/**
 * Head; none before somebody has written.
 */
head: Head | null, 
/**
 * As written.
 */
welcome: Welcome, 
/**
 * The reader has put this wording away on this computer.
 */
away: boolean, };

export type Withdraw = { 
/**
 * Which: [`WaitingPost::id`].
 */
id: string, };

/** Every command with its arguments and its result. */
export type Commands = {
  start: { args: Nothing; result: StartState };
  unlock: { args: Unlock; result: StartState };
  found: { args: Found; result: StartState };
  put_aside: { args: Nothing; result: StartState };
  use_standard_folder: { args: Nothing; result: StartState };
  export: { args: Export; result: Exported };
  write_bundle: { args: BundleFile; result: BundleWritten };
  read_bundle: { args: BundleFile; result: BundleRead };
  join: { args: Join; result: StartState };
  found_krets: { args: FoundKrets; result: RootKeys };
  accept_welcome: { args: LetterText; result: KretsState };
  use_lan: { args: UseLan; result: RoadState };
  set_relays: { args: Relays; result: RoadState };
  letter_code: { args: LetterText; result: LetterCode };
  write_letter: { args: LetterToFile; result: Acknowledged };
  read_letter: { args: LetterFile; result: LetterText };
  write_erasures: { args: ErasureFile; result: Acknowledged };
  write_backup: { args: BackupToFile; result: BackupState };
  restore: { args: Restore; result: StartState };
  read_pack: { args: ReadPack; result: PackRead };
  search: { args: Search; result: SearchAnswer };
  start_page: { args: Nothing; result: StartPage };
  playbooks: { args: Nothing; result: Array<PlaybookRow> };
  playbook: { args: Key; result: PlaybookPage };
  members: { args: Members; result: Array<MemberRow> };
  member: { args: Key; result: MemberPage };
  area_people: { args: Key; result: AreaPeople };
  offices: { args: Nothing; result: Array<OfficeRow> };
  ask_order: { args: Key; result: AskOrderPage };
  advice_group: { args: Key; result: AdviceGroupPage };
  answer_proposal: { args: AnswerProposal; result: Acknowledged };
  contacts: { args: Nothing; result: Array<ContactRow> };
  contact: { args: Key; result: ContactRow };
  resources: { args: Nothing; result: Array<ResourceRow> };
  resource: { args: Key; result: ResourceRow };
  notes: { args: Nothing; result: Array<NoteRow> };
  note: { args: Key; result: NotePage };
  bulletins: { args: Nothing; result: Array<BulletinRow> };
  bulletin: { args: Key; result: BulletinPage };
  citing_cards: { args: Rule; result: CitingCards };
  labels: { args: Nothing; result: Array<LabelRow> };
  label: { args: Key; result: LabelPage };
  follow: { args: Follow; result: Acknowledged };
  follows: { args: Nothing; result: Array<Named> };
  news: { args: Nothing; result: NewsPage };
  read_news: { args: ReadNews; result: Acknowledged };
  notices: { args: Nothing; result: NoticeChoice };
  choose_notices: { args: NoticeChoice; result: Acknowledged };
  look: { args: Nothing; result: Acknowledged };
  since: { args: Since; result: SincePage | null };
  put_since_away: { args: SinceRead; result: Acknowledged };
  tour: { args: Nothing; result: Tour };
  choose_tour: { args: Tour; result: Acknowledged };
  mail: { args: Nothing; result: MailNotice };
  choose_mail: { args: MailChoice; result: Acknowledged };
  questions: { args: Nothing; result: QuestionsPage };
  question: { args: Key; result: QuestionPage };
  anonymous: { args: Nothing; result: AnonymousState };
  post_anonymous: { args: PostAnonymous; result: Acknowledged };
  withdraw_anonymous: { args: Withdraw; result: Acknowledged };
  settle_anonymous: { args: Key; result: Acknowledged };
  step_forward: { args: StepForward; result: Edited };
  similar: { args: Search; result: Similar };
  grow: { args: Grow; result: Edited };
  handing_over: { args: Key; result: HandOverPage };
  hand_over: { args: HandOver; result: Acknowledged };
  matrix: { args: Nothing; result: Matrix };
  region: { args: Nothing; result: RegionPage };
  own_municipality: { args: Nothing; result: OwnMunicipality };
  needs_you: { args: Nothing; result: NeedsYou };
  introductions: { args: Nothing; result: IntroductionsPage };
  introduction: { args: Key; result: IntroductionPage };
  choices: { args: Choices; result: Array<Listed> };
  head: { args: Key; result: Head };
  drafts: { args: DraftsOf; result: Array<SavedDraft> };
  history: { args: Key; result: Array<HistoryEntry> };
  deadlines: { args: Deadlines; result: Array<DeadlineResult> };
  render: { args: Render; result: Array<Block> };
  check_text: { args: TextToCheck; result: Array<GuardHit> };
  create_item: { args: Create; result: Edited };
  edit_item: { args: EditItem; result: Edited };
  save_draft: { args: SaveDraft; result: Acknowledged };
  drop_drafts: { args: DropDrafts; result: Acknowledged };
  tick: { args: Tick; result: Acknowledged };
  clear_ticks: { args: Key; result: Acknowledged };
  take_statement: { args: TakeStatement; result: Edited };
  choose_me: { args: Key; result: SessionInfo };
  warm_up: { args: Nothing; result: Acknowledged };
  krets: { args: Nothing; result: KretsState };
  invite: { args: Invite; result: LetterText };
  request_again: { args: LetterId; result: LetterText };
  ask_to_join: { args: AskToJoin; result: LetterText };
  open_request: { args: LetterText; result: RequestSeen };
  answer_check: { args: CheckQuestion; result: CheckAnswer };
  approve: { args: Approve; result: LetterText };
  krets_people: { args: Nothing; result: KretsPeople };
  remove_member: { args: RemoveMember; result: Ended };
  lost_computer: { args: LostComputer; result: Ended };
  late_items: { args: Nothing; result: LatePage };
  take_up: { args: TakeUp; result: Acknowledged };
  confirm_act: { args: ConfirmAct; result: Acknowledged };
  sign_end: { args: EndId; result: Ended };
  wake_computer: { args: ComputerId; result: Acknowledged };
  begin_epoch: { args: Nothing; result: Acknowledged };
  make_admin: { args: MakeAdmin; result: Acknowledged };
  make_eraser: { args: Key; result: Acknowledged };
  change_municipality: { args: ChangeMunicipality; result: Acknowledged };
  statutes: { args: Nothing; result: StatutesPage };
  try_roots: { args: TypedRootKeys; result: RootsTried };
  change_root: { args: TypedRootKeys; result: NewRootKey };
  road: { args: Nothing; result: RoadState };
  retry_road: { args: Nothing; result: Acknowledged };
  delivery: { args: Key; result: Delivery | null };
  erasures: { args: Nothing; result: Array<ErasureRow> };
  erase_rights: { args: Key; result: EraseRights };
  erase_item: { args: EraseItem; result: Acknowledged };
  backup_state: { args: Nothing; result: BackupState };
  test_backup: { args: Nothing; result: BackupState };
  check: { args: Nothing; result: Checked };
  records: { args: Nothing; result: Records };
  suggestions: { args: Nothing; result: Array<SuggestionRow> };
  suggestion: { args: Key; result: SuggestionRow };
  welcome: { args: Nothing; result: WelcomePage };
  alike: { args: Alike; result: Array<Named> };
  merged: { args: Nothing; result: Array<MergedPair> };
  put_welcome_away: { args: Nothing; result: Acknowledged };
  rulings: { args: Key; result: RulingsPage };
  ruling: { args: Key; result: RulingPage };
  changed_since: { args: Key; result: Array<HistoryEntry> };
};
