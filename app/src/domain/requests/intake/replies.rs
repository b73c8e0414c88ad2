//! What Loket says by itself besides receipts, where the office wants that: the reply that teaches, and answers to
//! questions that are certain. Either way the message waits for a person, with what was prepared.

use chrono::TimeDelta;
use loket_core::{
    format::Reading,
    intent::{Asked, Want},
    reply::Lesson,
};

use super::{
    super::{
        lessons, of_contact,
        prepared::{Ground, answer},
        understand,
    },
    Intake,
};
use crate::{
    domain::whatsapp::{self, Unread},
    infra::{Cx, Outcome},
};

/// Faulty lines of one message that are answered one by one; more come from somebody an officer should talk to.
const MOST_CORRECTIONS: usize = 3;
/// The same answer is not given again within this time.
const SAID_AGAIN_AFTER: TimeDelta = TimeDelta::hours(12);

impl Intake<'_> {
    /// A line was meant and is wrong: the first time the reply teaches, the second time a person helps, and after that
    /// nothing is said until a line succeeds or a working day passes.
    pub(super) async fn teach(
        &mut self,
        cx: &mut Cx<'_>,
        message: &Unread,
        faulty: &[Reading],
    ) -> Outcome<()> {
        let Some(last) = faulty.last() else { return Ok(()) };
        if self.trusted.is_some() {
            // Told together with what was opened.
            self.hint = self.read_so_far(last, Lesson::Teach);
            self.greet = !self.office.teaches();
            self.faulty.extend_from_slice(faulty);
            return Ok(());
        }
        let about = (self.office, &self.reader);
        let lesson = lessons::due(cx, about, self.head.id, (message.id, message.at)).await?;
        self.hint = self.read_so_far(last, lesson);
        if !self.office.teaches() {
            self.greet = true;
            return Ok(());
        }
        let (most, handed_over) = match lesson {
            Lesson::Teach => (MOST_CORRECTIONS, false),
            Lesson::HandOver => (1, true),
            Lesson::Silence => return Ok(()),
        };
        for reading in faulty.iter().take(most) {
            if let Some(text) = lessons::words(&self.ground(cx), reading, handed_over) {
                self.say(cx, text).await?;
            }
        }
        Ok(())
    }

    /// `KTP elektronik: 5 dari 6 isian terbaca, sudah dua kali keliru`.
    fn read_so_far(&self, reading: &Reading, lesson: Lesson) -> Option<String> {
        let service = self.catalogue.by_keyword(&reading.keyword)?;
        let all = self.catalogue.format(&reading.keyword)?.asked_of(&reading.fields);
        let again = if lesson == Lesson::Teach { "" } else { ", sudah dua kali keliru" };
        Some(format!("{}: {} dari {all} isian terbaca{again}", service.name, reading.fields.len()))
    }

    /// No line: what it may ask for is kept for the officer, and answered where that is certain.
    pub(super) async fn asks(
        &mut self,
        cx: &mut Cx<'_>,
        message: &Unread,
        maybe: Option<&str>,
    ) -> Outcome<()> {
        let Some(text) = message.text.as_deref() else { return Ok(()) };
        let lexicon = self.lexicon.get_or_init(|| understand::lexicon(&self.catalogue));
        let guess = understand::guess(lexicon, &self.catalogue, text, maybe);
        let Some(hint) = understand::hint(&self.catalogue, &guess) else { return Ok(()) };
        self.hint = Some(hint);
        match guess.only() {
            Some(asked) if self.office.teaches() => self.answer(cx, asked).await,
            _ => Ok(()),
        }
    }

    async fn answer(&mut self, cx: &mut Cx<'_>, asked: &Asked) -> Outcome<()> {
        let requests = match asked.want {
            Want::Status => of_contact::of_contact(cx, self.head.contact).await?,
            _ => Vec::new(),
        };
        let ground = Ground { requests: &requests, ..self.ground(cx) };
        let Some(prepared) = answer(&ground, asked, true) else { return Ok(()) };
        let said = whatsapp::said_since(cx, self.head.id, cx.now() - SAID_AGAIN_AFTER).await?;
        if prepared.was_said(&said) {
            return Ok(());
        }
        self.greet = false;
        self.say(cx, prepared.text).await
    }

    /// What replies are made of here.
    pub(super) fn ground(&self, cx: &Cx<'_>) -> Ground<'_> {
        Ground {
            office: self.office,
            catalogue: &self.catalogue,
            name: self.name.as_ref(),
            now: cx.now(),
            requests: &[],
        }
    }
}
