//! Closed sets of words. Stored as text, so that a word from a newer program is kept and
//! read as `Unknown` instead of failing the whole item.

/// Declares an enum whose variants are stored as the given words.
macro_rules! choice {
    ($(#[$doc:meta])* $name:ident { $($(#[$vdoc:meta])* $variant:ident = $word:literal),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(
            Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default,
            serde::Serialize, serde::Deserialize, ts_rs::TS,
        )]
        pub enum $name {
            $($(#[$vdoc])* #[serde(rename = $word)] $variant,)+
            /// Absent, or a word of a newer program.
            #[default]
            #[serde(other, rename = "unknown")]
            Unknown,
        }

        impl $name {
            /// The words that may be written.
            pub const WORDS: &'static [&'static str] = &[$($word),+];
        }
    };
}

choice! {
    /// What kind of member organisation it is.
    MunicipalityForm {
        /// A municipality.
        Municipality = "municipality",
        /// FoU: no responsibility cells, never counted as a municipality.
        Fou = "fou",
    }
}

choice! {
    /// How well someone knows an area, in the words that people accept (need N12).
    ExperienceLevel {
        /// Intresserad av.
        Interested = "interested",
        /// Har mött.
        Met = "met",
        /// Har gått utbildning.
        Trained = "trained",
        /// Kan bolla.
        WillingToConsult = "willing_to_consult",
    }
}

choice! {
    /// What a colleague did with a line that somebody proposed to her.
    ProposalState {
        /// It is one of her lines now.
        Taken = "taken",
        /// She lets it be.
        Left = "left",
    }
}

choice! {
    /// What sort of suggestion it is.
    SuggestionForm {
        /// Something that could be better.
        Wish = "wish",
        /// Something that is wrong.
        Fault = "fault",
    }
}

choice! {
    /// What becomes of a suggestion: a word of those who look after it, no score. Unsaid it is new.
    SuggestionState {
        /// Tas upp.
        TakenUp = "taken_up",
        /// Gjort.
        Done = "done",
        /// Inte nu.
        NotNow = "not_now",
    }
}

choice! {
    /// What someone does for the krets. Guides the interface; ingest never asks.
    Duty {
        /// Kommunrepresentant.
        Representative = "representative",
        /// Her reserv.
        DeputyRepresentative = "deputy_representative",
        /// Redaktör.
        Editor = "editor",
    }
}

choice! {
    /// When somebody new does a step of her introduction.
    IntroductionTime {
        /// Första dagen.
        FirstDay = "first_day",
        /// Första veckan.
        FirstWeek = "first_week",
        /// Första månaden.
        FirstMonth = "first_month",
        /// Första året.
        FirstYear = "first_year",
    }
}

choice! {
    /// The page on which a step of an introduction is tried.
    StepPage {
        /// Sök.
        Search = "search",
        /// Handlingskort.
        Cards = "cards",
        /// Frågor.
        Questions = "questions",
        /// Personer.
        People = "people",
        /// Her own page.
        Me = "me",
        /// Vem frågar jag? of the offices.
        AskOrder = "ask_order",
        /// Vem gör vad.
        Matrix = "matrix",
        /// Vad får delas här?
        Shared = "shared",
        /// Nytt för dig.
        News = "news",
        /// Kommunens sida.
        Municipality = "municipality",
        /// Det här behöver dig.
        NeedsYou = "needs_you",
        /// Kollegor och datorer.
        Colleagues = "colleagues",
    }
}

choice! {
    /// What the municipality took on.
    ResponsibilityKind {
        /// Huvudansvar.
        Lead = "lead",
        /// Stöd: advice and co-handling, not a takeover (need N63).
        Support = "support",
    }
}

choice! {
    /// What sort of body.
    ContactKind {
        /// An authority.
        Authority = "authority",
        /// A court.
        Court = "court",
        /// Knowledge and guidance.
        Knowledge = "knowledge",
        /// A help line.
        Helpline = "helpline",
        /// Health care.
        Health = "health",
        /// Legal advice.
        Legal = "legal",
        /// A function in the own municipality.
        Municipality = "municipality",
        /// Anything else.
        Other = "other",
    }
}

choice! {
    /// What sort of card.
    PlaybookKind {
        /// Sällan-ärende.
        RareCase = "rare_case",
        /// Samarbetsrutin.
        CooperationRoutine = "cooperation_routine",
        /// Allmän.
        General = "general",
    }
}

choice! {
    /// Who says so. Shown at each statement.
    Source {
        /// Lag: checked against the law text.
        Law = "law",
        /// Forskning.
        Research = "research",
        /// Myndighetsråd.
        Authority = "authority",
        /// Vår erfarenhet: only what a member wrote.
        Experience = "experience",
        /// Praxis, ej granskad.
        Practice = "practice",
    }
}

choice! {
    /// Under which heading a statement stands.
    Part {
        /// När.
        When = "when",
        /// Måste enligt lag.
        Must = "must",
        /// Vem hjälper.
        Help = "help",
        /// Blanketter.
        Form = "form",
        /// Fallgropar.
        Pitfall = "pitfall",
        /// Hur barnet ses och hörs.
        Child = "child",
        /// Din bedömning.
        Question = "question",
        /// Ordförklaringar.
        Term = "term",
    }
}

choice! {
    /// How far a step binds.
    Force {
        /// Måste: the law demands it.
        Must = "must",
        /// Brukar: the usual way.
        Usual = "usual",
        /// Bedöm: think before you do it.
        Judge = "judge",
    }
}

choice! {
    /// What somebody asks for.
    QuestionForm {
        /// Anything.
        Question = "question",
        /// Söker erfarenhet: an area and how to reach the asker, nothing of a case (seed A09).
        ExperienceRequest = "experience_request",
        /// Andra ögon: one colleague is asked to think along (need N32).
        SecondEyes = "second_eyes",
    }
}

choice! {
    /// How a question stands, in the asker's word. No verdict on any answer (need N15).
    QuestionState {
        /// Öppen.
        Open = "open",
        /// Hos gruppen.
        WithGroup = "with_group",
        /// Klar för mig.
        Clear = "clear",
    }
}

choice! {
    /// For which meeting a question is kept (needs N43, N54).
    Parked {
        /// Ta till gruppen.
        Group = "group",
        /// Ta upp på Digitala Mötesplatsen.
        Meeting = "meeting",
    }
}

choice! {
    /// What somebody adds to a question. None is ranked before another.
    AnswerForm {
        /// Svar.
        Answer = "answer",
        /// Annan erfarenhet.
        OtherExperience = "other_experience",
        /// What the asker adds.
        FollowUp = "follow_up",
        /// Fråga vidare.
        AskFurther = "ask_further",
        /// Andra ögon: ja.
        Yes = "yes",
        /// Andra ögon: senare.
        Later = "later",
        /// Andra ögon: fråga någon annan.
        AskOther = "ask_other",
    }
}
