"""An oracle for the clocks of Loket, written from their definitions alone.

Reads lines of JSON from `clock_cases` and says where its own answers differ. Days are looked up one by one in the zone
that the system's time zone data give, and every opening is a pair of minutes since 1970.
"""

import json
import sys
from datetime import date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

FARTHEST = 1100  # days that are looked through
EPOCH = datetime(1970, 1, 1, tzinfo=timezone.utc)


def local_date(minute, zone):
    return (EPOCH + timedelta(minutes=minute)).astimezone(zone).date()


def at_midnight(day, zone):
    begins = datetime(day.year, day.month, day.day, tzinfo=zone)
    return int((begins - EPOCH).total_seconds()) // 60


class Office:
    """When an office is open."""

    def __init__(self, case):
        self.zone = ZoneInfo(case["zone"])
        self.week = case["week"]
        self.season = case["season"]
        self.holidays = {date.fromisoformat(day) for day in case["holidays"]}
        self.days = {date.fromisoformat(day): hours for day, hours in case["days"].items()}

    def planned(self, day):
        if day in self.days:
            return self.days[day]
        if day in self.holidays:
            return []
        first = date.fromisoformat(self.season["from"])
        last = date.fromisoformat(self.season["until"])
        week = self.season["week"] if first <= day <= last else self.week
        return week[day.weekday()]

    def open_on(self, day):
        begins = at_midnight(day, self.zone)
        return [(begins + one, begins + other) for one, other in self.planned(day)]

    def from_day(self, minute):
        day = local_date(minute, self.zone)
        for ahead in range(FARTHEST):
            yield day + timedelta(days=ahead)

    def next_opening(self, minute):
        for day in self.from_day(minute):
            for begins, ends in self.open_on(day):
                if ends > minute:
                    return max(begins, minute)
        return None

    def after(self, minute, work):
        if work <= 0:
            return minute
        for day in self.from_day(minute):
            for begins, ends in self.open_on(day):
                begins = max(begins, minute)
                if ends - begins >= work:
                    return begins + work
                work -= max(0, ends - begins)
        return None

    def worked(self, one, other):
        total, day = 0, local_date(one, self.zone)
        while at_midnight(day, self.zone) < other:
            total += sum(max(0, min(ends, other) - max(begins, one)) for begins, ends in self.open_on(day))
            day += timedelta(days=1)
        return total

    def working_day_after(self, day, count):
        for _ in range(FARTHEST):
            if count == 0:
                return day
            day += timedelta(days=1)
            if self.open_on(day):
                count -= 1
        return day if count == 0 else None


def undisturbed(office, kind, amount, start):
    """Until when, if nothing stopped the clock."""
    if kind == "minutes":
        return office.after(start, amount)
    if kind == "working_hours":
        return office.after(start, 60 * amount)
    if kind == "working_days":
        day = office.working_day_after(local_date(start, office.zone), amount)
        return None if day is None else office.open_on(day)[-1][1]
    if kind == "calendar_days":
        return at_midnight(local_date(start, office.zone) + timedelta(days=amount + 1), office.zone)
    if kind == "hours_24":
        return start + 1440 * amount
    begun = office.next_opening(start)
    if begun is None:
        return None
    today = local_date(begun, office.zone)
    day = office.working_day_after(today, amount)
    if day is None:
        return None
    same = at_midnight(day, office.zone) + begun - at_midnight(today, office.zone)
    openings = office.open_on(day)
    return min(max(same, openings[0][0]), openings[-1][1])


def minutes_of(pauses, one, other):
    """The minutes of a span in which a clock stood still, as spans apart; None where one has no end."""
    inside = []
    for begins, ends in sorted(pauses, key=lambda pause: pause[0]):
        if ends is not None and ends <= begins:
            continue
        if inside and (inside[-1][1] is None or begins <= inside[-1][1]):
            last = inside[-1]
            last[1] = None if last[1] is None or ends is None else max(last[1], ends)
        else:
            inside.append([begins, ends])
    begun = [pause for pause in inside if pause[0] < other]
    if any(ends is None for _, ends in begun):
        return None
    return [(max(begins, one), ends) for begins, ends in begun if ends > max(begins, one)]


def due(office, case):
    kind, amount = case["term"]
    round_the_clock = kind in ("calendar_days", "hours_24")
    start, base = case["from"], undisturbed(office, kind, amount, case["from"])
    ends = base
    while ends is not None:
        stood = minutes_of(case["pauses"], start, ends)
        if stood is None:
            return None
        if round_the_clock:
            later = base + sum(until - begins for begins, until in stood)
        else:
            later = office.after(base, sum(office.worked(begins, until) for begins, until in stood))
        if later == ends:
            return ends
        ends = later
    return None


def net(office, case):
    kind, _ = case["term"]
    one, other = case["from"], case["until"]
    pauses = [(begins, other if ends is None else min(ends, other)) for begins, ends in case["pauses"]]
    counted = (lambda begins, ends: ends - begins) if kind in ("calendar_days", "hours_24") else office.worked
    return counted(one, other) - sum(counted(begins, ends) for begins, ends in minutes_of(pauses, one, other))


def main():
    seen, differ, none = 0, 0, 0
    for line in sys.stdin:
        case = json.loads(line)
        office = Office(case)
        answers = {"due": due(office, case), "net": net(office, case), "opens": office.next_opening(case["from"])}
        seen += 1
        none += answers["due"] is None
        for name, answer in answers.items():
            if answer != case[name]:
                differ += 1
                if differ <= 5:
                    print(f"{name}: {case[name]} here, {answer} there: {line.strip()}", file=sys.stderr)
    print(f"{seen} cases, {none} of them without a date, {differ} answers that differ")
    return 1 if differ or not seen else 0


if __name__ == "__main__":
    sys.exit(main())
