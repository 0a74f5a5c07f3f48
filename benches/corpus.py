#!/usr/bin/env python3
"""Makes the same made-up commitments for Milepost and for Hugo.

    python3 benches/corpus.py COUNT FOLDER

writes `FOLDER/milepost`, a site for `milepost build`, and `FOLDER/hugo-content`, the pages for the
Hugo sites beside this file. The same count always gives the same text.

A commitment has about 400 words, as in the action plans of the Open Government Partnership. A fifth
of the titles is in Cyrillic. There is one agency for every twelve commitments, and at least ten.
"""

import json
import random
import sys
from pathlib import Path

SEED = 20261123
DATE_OF_REPORT = "2026-01-15"

LATIN = """public budget data open access citizen ministry agency report law draft review council
procurement contract register ownership company mineral licence water health school teacher
hospital service online portal publish standard indicator progress partner civil society
consultation meeting training local governor province capital district monitoring evaluation
transparency accountable integrity audit finding recommendation complaint response deadline
quarterly annual baseline target survey result implement amend approve resolution working group
platform system database integrate exchange electronic signature procedure information request
disclose declare asset income official appointment recruit civil servant state owned enterprise
tender bidder price comparison map land permit environmental impact assessment rehabilitate fund
donor project loan expenditure revenue tax customs inspection risk based plan strategy policy
programme phase pilot expand nationwide remote herder community youth women disability accessible
language translation media journalist freedom hotline feedback satisfaction measure improve reduce
increase ensure establish develop introduce strengthen support provide create through between
within during after before according regarding among including towards against across
under""".split()
CYRILLIC = """Төсвийн ил тод байдал нээлттэй засгийн газар үндэсний хөтөлбөр иргэний оролцоо
мэдээллийн хүртээмж төрийн албан хаагч шилэн данс хяналт тавих боловсролын чанар эрүүл мэндийн
үйлчилгээ худалдан авах ажиллагаа ашигт малтмал тусгай зөвшөөрөл орон нутгийн хөгжил авлигын эсрэг
шүүхийн шийдвэр цахим хэлбэрээр олон нийтэд сайжруулах хэрэгжүүлэх бодлого төлөвлөгөө үнэлгээ
тайлан хуулийн төсөл өргөх хэлэлцүүлэг нэгдсэн сан""".split()
GIVEN_NAMES = """Bat Dorj Saran Oyun Tuya Ganbold Enkh Bolor Naran Altan Munkh Tsetseg Temuujin
Sukh Erdene Khulan""".split()
FAMILY_NAMES = """Ganzorig Batbayar Otgonbayar Ochir Purev Dashdorj Davaa Nyamdorj Sodnom Zorig
Chuluun Gantulga""".split()
BODIES = "Ministry Agency Authority Bureau Council Office Department Commission".split()
SUBJECTS = ["Finance", "Health", "Education", "Justice", "Mining", "Environment", "Labour", "Roads",
            "Digital Development", "Statistics", "Land Affairs", "Procurement", "Civil Service",
            "Local Governance", "Energy", "Agriculture", "Culture", "Foreign Affairs", "Water",
            "Customs"]
NGO = " Watch NGO"
LEVELS = {"not-started": 15, "limited": 35, "substantial": 30, "completed": 20}

SITE = """title = "Bench"
base_url = "https://example.org/"
language = "en"
headline = "government"
cards = false
"""
PLAN = 'title = "Plan"\nstart_date = "2025"\nend_date = "2028"\n'
REPORT = f"""title = "Report"
assessor = "government"
action_plan = "plan"
date = "{DATE_OF_REPORT}"
"""


def agency_names(count):
    """`count` different names of agencies."""
    names = []
    for index in range(count):
        region, rest = divmod(index, len(BODIES) * len(SUBJECTS))
        subject, body = divmod(rest, len(BODIES))
        name = f"{BODIES[body]} of {SUBJECTS[subject]}"
        names.append(f"{name} Region {region}" if region else name)
    return names


def agency_id(name):
    return name.lower().replace(" ", "-")


def words(rng, count):
    return " ".join(rng.choice(LATIN) for _ in range(count))


def cyrillic_words(rng, count):
    text = " ".join(rng.choice(CYRILLIC) for _ in range(count))
    return text[0].upper() + text[1:]


def sentence(rng, count):
    """A sentence of `count` words. One in eleven has characters that HTML must escape."""
    text = words(rng, count).capitalize()
    chance = rng.random()
    if chance < 0.06:
        text += ' (the "single window" & its users)'
    elif chance < 0.09:
        text += " with <5% of requests refused"
    return text + "."


def prose(rng, count):
    """Sentences of 9 to 19 words, together `count` words."""
    sentences = []
    while count > 0:
        length = min(count, rng.randint(9, 19))
        sentences.append(sentence(rng, length))
        count -= length
    return " ".join(sentences)


def title(rng):
    chance = rng.random()
    text = words(rng, rng.randint(6, 11)).capitalize()
    if chance < 0.2:
        return cyrillic_words(rng, rng.randint(5, 9))
    if chance < 0.4:
        return f"{text} ({cyrillic_words(rng, rng.randint(2, 4))})"
    if chance < 0.45:
        return f'{text} & "{words(rng, 2)}"'
    return text


def results(rng, number):
    """About 120 words of Markdown: emphasis, a link and a list."""
    opening = f"{sentence(rng, 14)} **{words(rng, 4)}** {sentence(rng, 16)}"
    label = words(rng, 4)
    address = f"https://example.org/reports/{number}/{rng.randint(1, 999)}.pdf"
    link = f"See the [{label}]({address}) {sentence(rng, 14)}"
    items = "\n".join("- " + sentence(rng, 10) for _ in range(rng.randint(3, 4)))
    closing = f"{sentence(rng, 15)} *{words(rng, 3)}* {sentence(rng, 13)}"
    return f"{opening} {link}\n\n{items}\n\n{closing}\n"


def actor(rng, agencies):
    if rng.random() < 0.5:
        return rng.choice(agencies)
    return rng.choice(SUBJECTS) + NGO


def commitment(number, agencies):
    """The facts of one commitment, which depend only on its number and the number of agencies."""
    rng = random.Random(f"{SEED}:{number}")
    return {
        "number": number,
        "title": title(rng),
        "lead_agency": rng.choice(agencies),
        "end_date": f"{rng.randint(2025, 2028)}-{rng.randint(1, 12):02d}-{rng.randint(1, 28):02d}",
        "responsible_person": f"{rng.choice(GIVEN_NAMES)} {rng.choice(FAMILY_NAMES)}, "
                              f"Director of {rng.choice(SUBJECTS)} Policy",
        "other_actors": [actor(rng, agencies) for _ in range(rng.randint(1, 4))],
        "objective": prose(rng, 30),
        "description": prose(rng, 90),
        "relevance": prose(rng, 40),
        "ambition": prose(rng, 25),
        "completion": rng.choices(list(LEVELS), list(LEVELS.values()))[0],
        "next_steps": prose(rng, 35),
        "additional_info": prose(rng, 22),
        "results": results(rng, number),
    }


def quoted(value):
    """A text or a list of texts as TOML, which JSON's way of quoting satisfies."""
    return json.dumps(value, ensure_ascii=False)


def for_milepost(facts):
    """A commitment as Milepost reads it. A `<` is escaped because a text must not have HTML."""
    actors = list(dict.fromkeys(facts["other_actors"]))
    agencies = [name for name in actors if not name.endswith(NGO)]
    supporting = [agency_id(name) for name in agencies if name != facts["lead_agency"]]
    partners = [name for name in actors if name.endswith(NGO)]
    strings = {key: value for key, value in facts.items() if isinstance(value, str)}
    text = {key: value.replace("<", "\\<") for key, value in strings.items()}
    return f"""title = {quoted(facts["title"])}
lead = {quoted(agency_id(facts["lead_agency"]))}
supporting = {quoted(supporting)}
partners = {quoted(partners)}
end_date = {quoted(facts["end_date"])}
objective = {quoted(text["objective"])}
description = {quoted(text["description"])}
relevance = {quoted(text["relevance"])}
ambition = {quoted(text["ambition"])}
[contact]
name = {quoted(facts["responsible_person"])}
[[assessments]]
report = "report"
level = {quoted(facts["completion"])}
results = '''
{text["results"]}'''
next_steps = {quoted(text["next_steps"])}
additional_information = {quoted(text["additional_info"])}
"""


def for_hugo(facts):
    """A commitment as Hugo reads it: front matter in TOML, then the results."""
    parameters = {key: value for key, value in facts.items() if key not in ("title", "results")}
    parameters["agency_slug"] = agency_id(facts["lead_agency"])
    lines = [f"{key} = {quoted(value)}" for key, value in parameters.items()]
    return f"""+++
title = {quoted(facts["title"])}
date = {DATE_OF_REPORT}
weight = {facts["number"]}
agencies = [{quoted(facts["lead_agency"])}]
[params]
{chr(10).join(lines)}
+++
{facts["results"]}"""


def write(path, text):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def write_corpus(count, folder):
    """Writes both sites of `count` commitments below `folder`."""
    site, hugo = folder / "milepost", folder / "hugo-content"
    agencies = agency_names(max(10, count // 12))
    write(site / "site.toml", SITE)
    write(site / "content/action-plans/plan.toml", PLAN)
    write(site / "content/reports/report.toml", REPORT)
    for name in agencies:
        write(site / f"content/agencies/{agency_id(name)}.toml", f"name = {quoted(name)}\n")
    for number in range(1, count + 1):
        facts = commitment(number, agencies)
        write(site / f"content/commitments/plan/{number:06d}.toml", for_milepost(facts))
        write(hugo / f"commitments/{number:06d}.md", for_hugo(facts))


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    write_corpus(int(sys.argv[1]), Path(sys.argv[2]))
