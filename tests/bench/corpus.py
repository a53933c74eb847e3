"""Posts for the benchmark: made from templates by a seed, the same every time."""
import json
import random
import re

PLACES = ["the ward", "clinic", "our unit", "the canteen", "theatre", "the car park",
          "the day room", "reception", "the staff room", "the gym", "our garden"]
THINGS = ["coffee", "rota", "bike", "handover sheet", "new scrubs", "train", "printer",
          "lunch", "raffle", "poster", "bus", "choir", "cake", "quiz", "parking permit"]
FEELINGS = ["knackered", "grateful", "proud", "hungry", "chuffed", "wide awake",
            "a bit lost", "so ready for the weekend", "fine, honestly", "hopeful"]
CLEAN = [
    "Long day at {place}. The {thing} was the best part and I am {feeling}.",
    "Does anybody know where the {thing} went? Last seen near {place} #lost",
    "Flu clinic on {day} from {n} to {m}, walk in, bring your card. See you at {place}!",
    "Reminder: the {thing} meeting moved to {day}. Slides at https://example.org/{n}",
    "Week {n} of learning to cook. The {thing} survived, I am {feeling} 😀",
    "Study with {n}00 adults found no difference (doi:10.1000/{n}). Worth a read.",
    "New paper on sleep and shift work; we discuss it on {day} at {m} pm in {place}.",
    "{feeling_cap} after the run for the hospice charity: {n} km, {m} of us, one {thing}.",
    "Patients aged {n} and over can book a check. Ask at {place} or call the desk.",
    "Thank you to everyone who left a {thing} at {place} for the night team 💛",
    "Please do not ask for advice in the comments; call your own surgery instead.",
    "No, the {thing} does not cure anything. It is a {thing}.",
]
DIRTY = [
    "My patient {name}, {n}, broke a hip on {day}, bless.",
    "{agent} cures {illness}, no drugs needed, DM me for the plan!",
    "Got a rash? Send me a photo and I'll tell you what it is.",
    "Another junkie in resus, {feeling} and so done with these people.",
    "Love these shoes, use my discount code NURSE{m} at the checkout.",
    "NHS number 999 012 3454 for the {thing}, he left {place} an hour ago.",
]
NAMES = ["Mrs Patel", "Mr Okafor", "Joan", "Priya Nair", "old Mr Hughes", "Baby Isla"]
AGENTS = ["Garlic", "Turmeric", "Our drip", "Castor oil", "Zinc", "Colloidal silver"]
ILLNESSES = ["cancer", "asthma", "arthritis", "diabetes", "covid", "autism"]
DAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]


def post(rng, dirty):
    """One post; dirty is the share that has something to find."""
    template = rng.choice(DIRTY if rng.random() < dirty else CLEAN)
    feeling = rng.choice(FEELINGS)
    text = template.format(
        place=rng.choice(PLACES), thing=rng.choice(THINGS), feeling=feeling,
        feeling_cap=feeling.capitalize(), day=rng.choice(DAYS),
        n=rng.randint(11, 99), m=rng.randint(2, 10), name=rng.choice(NAMES),
        agent=rng.choice(AGENTS), illness=rng.choice(ILLNESSES))
    if rng.random() < 0.5:
        text += " " + rng.choice(CLEAN).format(
            place=rng.choice(PLACES), thing=rng.choice(THINGS), feeling=feeling,
            feeling_cap=feeling.capitalize(), day=rng.choice(DAYS),
            n=rng.randint(11, 99), m=rng.randint(2, 10))
    return text


def fixtures(root):
    """The texts of the examples in the rule files, without marks."""
    texts = []
    for path in sorted((root / "rules").rglob("*.yaml")):
        for found in re.findall(r'"((?:[^"\\]|\\.)*)"', path.read_text()):
            if len(found) > 25:
                texts.append(found.replace("[[", "").replace("]]", "")
                             .replace('\\"', '"'))
    return texts


def write(path, count, dirty, seed=1, extra=()):
    rng = random.Random(seed)
    with open(path, "w", encoding="utf-8") as file:
        for i in range(count):
            text = extra[i] if i < len(extra) else post(rng, dirty)
            file.write(json.dumps({"id": i, "text": text},
                                  ensure_ascii=False) + "\n")
