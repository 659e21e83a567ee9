"""Author's notes that no word marks, and paragraphs of stories that look like notes: what is told apart, asked, and missed.

Each note stands above or below a chapter of each of three stories, each look-alike in those of its own kind: set off by a larger
gap, by a break, or by nothing. All of it was written for this.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from table import Row

from bookbuild.draft import NOTES
from bookbuild.readers.plain_text import read_plain_text
from bookbuild.rules import RULES
from bookbuild.rules.understand import About, Copy, understand
from bookbuild.source import source_from

TOP = (
    "Okay, so this took forever. I moved house, my laptop died, and then I caught the flu. Better late than never, right?",
    "Hello again, my lovelies! Grab some tea, because this one hurts.",
    "Just a heads-up: things get bloody in here. You know your own limits.",
    "I really wanted to get this out before Christmas, and look at that, I actually managed it.",
    "Quick one before work. I haven't checked it for mistakes, so shout if you spot any.",
    "Some of you asked whether the ferry is a real one. It isn't, but I grew up next to one very like it.",
    "Sooo, I have no excuse. Enjoy!",
    "This is where it starts to get complicated, and I apologise in advance.",
    "For Marnie, who always knows when I'm stuck.",
    "I'm so nervous about this one, you have no idea.",
    "Can't believe we're at twenty already. You are the best.",
    "Here we go! The bit everyone has been waiting for since May.",
    "Sorry, sorry, sorry. Don't hate me.",
    "I'm not a doctor, so please take the hospital stuff with a large pinch of salt.",
    "English is my third language, so be gentle with me.",
    "We jump back about ten years here. It will make sense, I swear.",
    "Yes, I'm still alive. Yes, I'm still writing. No, I don't know how many more there will be.",
    "My sister read this over my shoulder and cried, which I'm taking as a good sign.",
    "I listened to the same three songs on repeat while I wrote this, and you can probably tell.",
    "There's a bit of Welsh in this. It's all from my gran, and she can't spell either.",
)  # fmt: skip
END = (
    "And that's it for now! I'd love to hear what you think of the harbour master.",
    "So... who do you think did it? I have my own ideas, obviously, but I want to hear yours.",
    "I know, I know. I'm evil.",
    "I'm away for the next two weeks, so don't expect anything until the fifteenth.",
    "The letter Ilse reads is based on one my great-aunt really wrote. I changed the names, but the goat is true.",
    "You guys are amazing. I mean it.",
    "Phew! That was a hard one to get down. I'm off to bed.",
    "If you spotted the reference, you get a virtual cookie.",
    "I think there are two or three of these left, and then we're done.",
    "Not quite how I'd planned it, but they wouldn't do what I told them.",
    "Hope that answers some of your questions, and raises a few more. See you Friday!",
    "I can't promise it will get better for them soon.",
    "As always, I'd be so happy if you left me a line or two below.",
    "Okay, I'm going to go and hide under a rock now.",
    "Next week: the ferry. Bring tissues.",
    "A big hug to Tamsin and Jo, without whom none of you would be able to understand a word of this.",
    "I wasn't going to end it here, but it was getting far too long, and it's two in the morning.",
    "Don't worry, I would never kill the dog.",
    "Honestly, I have no idea where this is going any more. Suggestions welcome!",
    "Love you all. Stay safe out there.",
)  # fmt: skip
LOOK_ALIKES = (
    # told in the past
    "I wrote the last chapter on the ferry, with the paper on my knees, and I threw it into the harbour before we landed.",
    "My readers wrote to me every week that winter. I answered none of them.",
    "The review was short. It said that I could not write, and that I should go home.",
    "I had promised my publisher an update by Friday, and on Friday I was in prison.",
    "I posted the story that night, under her name, and by morning four thousand people had read it.",
    "Nobody commented. I sat in front of the screen until it grew light, and nobody commented.",
    "I thanked everybody who had come, and I hoped that they would enjoy what was left of the evening.",
    "I was sorry that it took me so long, but the road was bad and the horse was old.",
    "You would not have liked my brother. Nobody did, at first.",
    "I should explain about the dog, because otherwise you will think badly of him.",
    "I don't know why I tell you this. You were there, after all, and you saw more of it than I did.",
    "That was the first chapter of my life, and I closed it without regret.",
    "The second book had no reviews at all, so I went back to the harbour and asked for my old place.",
    "We had a blog in those days, my sister and I, and we wrote of nothing but the weather.",
    "I read the comments once, drunk, and never again.",
    "The next chapter of the manual was missing. Somebody had torn it out, and I thought I knew who.",
    "I have no excuse for what I did next. I was twenty, and I was hungry.",
    "Please understand that I loved her. It is the only thing in all this that I never doubted.",
    "I apologised to all of them, one after another, and they forgave me, one after another.",
    "I finished the story at two in the morning, and woke her to read it aloud.",
    "It was the longest chapter she had ever typed for me, and she said so, and asked for more money.",
    "My editor cut the ending. I have never forgiven him, and I am told that he has never noticed.",
    "There was a typo on my father's grave. We noticed it at the funeral, all of us at once.",
    "I know what you are thinking. I thought it too, that night, with the lamp out and the rain on the roof.",
    "The critics called it a disappointment. I called it Tuesday.",
    "If you had asked me then, I would have told you that I was happy.",
    "I promised to update the log every hour, and for eleven days I did.",
    "Thanks to the snow, nobody came to the reading, and I read the whole of it to the caretaker.",
    "I rewrote the letter nine times. The tenth time I went there myself.",
    "I never told anybody how the story ended, not even you.",
    # told in the present
    "I hope you are well. I hope the sea is as blue as you said it would be.",
    "I am writing this in the kitchen, because it is the only room that is warm.",
    "You are asleep while I write this. The rain has stopped, and I can hear the ferry.",
    "My name is Ilse Tallow, and I am the one who burned down the long house.",
    "I know you will come back. They all say that you won't, but I know.",
    "I'm sorry. I'm so sorry. I keep saying it, to the door, to the chair, to the dog.",
    "Here is what I know about my mother: she hates the sea, and she cannot swim.",
    "Let me tell you about the winter of the flood.",
    "I don't expect you to believe me. I hardly believe it myself.",
    "Nobody tells you how loud it is. You think that snow is silent, and then you live in it.",
    "This is the last page of the notebook. After this I have only the walls.",
    "We wait. It is what we are good at.",
    "You can leave whenever you like. The door is not locked, and I am tired of you.",
    "I am going to tell it in order this time, from the start, and I will leave nothing out.",
    "They want me to say that I regret it. I do not regret it.",
    "It's Friday, and I'm late again, and Tom is already at the gate.",
    "Tomorrow I will take the boat out. Tomorrow, if the wind turns.",
    "I can't sleep. I get up and check the locks, and then I check them again.",
    "You never wrote back, so I am writing again.",
    "My readers think I am dead. I read it in the paper, over an egg, in a hotel in Trieste.",
    "The story goes like this: there was a girl, and there was a ferry, and there was no bridge.",
    "I have three followers today, two men and a woman, and they keep a street behind me.",
    "He updates the board at six. I stand below it and look for my name.",
    "Everyone loves the first chapter. Nobody I know has read the second.",
    "I post the letter before I can think better of it.",
    "I want to thank you for the coat. It does not fit, and I wear it every day.",
    "Don't ask me what happened to the money. I will only lie.",
    "We are nearly there, I say, and I have been saying it since noon.",
    "It will be a long night. I put the kettle on and lock the dog in.",
    "I swear I will never set foot on a boat again, and then I hear the bell.",
)  # fmt: skip
_PAST = 30  # of the look-alikes, those before this are told in the past

_HE_AND_SHE = (
    "Rain fell on the harbour, and on the road to Marrow, and on the long house, and nobody went out who could stay at home.",
    "Ilse Tallow lit the lamp at four. She had not slept, and the ferry had not come, and the two were not unconnected.",
    '"You might sit down," said Tom from the stairs. "It will come no sooner for your standing there."',
    "She did not sit down. She looked at the water until it was too dark to look at anything.",
    '"I only said that you might," said Tom, and he went back up.',
    "The harbour master came past at six with his collar up. He knew nothing, and he told her so at length.",
    "There were eleven people on the ferry, he said, and a cow. She knew the names of nine of them.",
    "When he had gone she put her coat on, and took it off again, and sat on the bottom stair with it over her knees.",
    "The bell rang before midnight. It rang once, as if somebody had thought better of it.",
    '"That is not the ferry," said Tom behind her. "That is the church."',
    "By morning the rain had stopped. The quay was full of people who did not look at one another.",
    "Ilse walked to the end of it, where the rope was, and she saw that the rope had been cut.",
    "Nobody said anything. Then the cow came round the corner of the long house, wet and unhurt, and everybody spoke at once.",
)  # fmt: skip
_I_DID = (
    "I came to Marrow in the rain, with one bag, and nobody met me, and I was glad of it.",
    "The long house stood where it had always stood. I had forgotten how small the windows were.",
    '"You took your time," said Ilse at the door. She did not move out of it.',
    "I told her that the ferry had been late, which was true, and that I had written, which was not.",
    "She let me in at last. There was a fire, and there was a chair that I knew, and my father's coat hung over it.",
    '"He left it to you," said Ilse. "I would burn it, if it were mine."',
    "I put it on. It was too long in the arms, and it smelled of the boat, and I wore it until spring.",
    "We ate without talking. Tom had come down to look at me, and having looked he went up again.",
    "In the night I heard the bell, once, and somebody ran past under the window.",
    "I lay and counted to a hundred, and then I got up and went after him.",
    "The quay was empty. The rope hung into the water, and when I pulled it in I saw that it had been cut.",
    "I stood there until it grew light. Then I went home and said that I had slept well.",
)  # fmt: skip
_I_DO = (
    "I come to Marrow in the rain, with one bag, and nobody meets me, and I am glad of it.",
    "The long house stands where it has always stood. I have forgotten how small the windows are.",
    '"You took your time," says Ilse at the door. She does not move out of it.',
    "I tell her that the ferry is late, which is true, and that I have written, which is not.",
    "She lets me in at last. There is a fire, and there is a chair that I know, and my father's coat hangs over it.",
    '"He left it to you," says Ilse. "I would burn it, if it were mine."',
    "I put it on. It is too long in the arms, and it smells of the boat.",
    "We eat without talking. Tom comes down to look at me, and having looked he goes up again.",
    "In the night I hear the bell, once, and somebody runs past under the window.",
    "I lie and count to a hundred, and then I get up and go after him.",
    "The quay is empty. The rope hangs into the water, and when I pull it in I see that it has been cut.",
    "I stand there until it grows light. Then I go home and say that I have slept well.",
)  # fmt: skip

STORIES = {"he and she": _HE_AND_SHE, "I, in the past": _I_DID, "I, in the present": _I_DO}
PARTINGS = {"a gap": "\n\n\n", "a break": "\n\n***\n\n", "nothing": "\n\n"}


@dataclass(frozen=True, slots=True)
class Trial:
    """A chapter with one paragraph at its edge that is a note, or looks like one."""

    story: str
    parting: str
    text: str
    is_note: bool
    is_above: bool


def trials() -> Iterator[Trial]:
    """Give all chapters."""
    for parting in PARTINGS:
        for story in STORIES:
            yield from (Trial(story, parting, text, is_note=True, is_above=True) for text in TOP)
            yield from (Trial(story, parting, text, is_note=True, is_above=False) for text in END)
        for number, text in enumerate(LOOK_ALIKES):
            story = "I, in the past" if number < _PAST else "I, in the present"
            for is_above in (True, False):
                yield Trial(story, parting, text, is_note=False, is_above=is_above)


def outcome(trial: Trial) -> str:
    """Say what we make of it: a note, a question to the author, or story."""
    parting = PARTINGS[trial.parting]
    body = "\n\n".join(STORIES[trial.story])
    parts = (trial.text, body) if trial.is_above else (body, trial.text)
    data = f"Chapter 7\n\n{parting.join(parts)}\n".encode()
    draft = read_plain_text(source_from(data, "chapter.txt"))
    found = understand([Copy(draft, RULES)], About())[0]
    start = data.decode().index(trial.text)
    blocks = [block for block in found.draft.blocks if block.start <= start < block.end]
    if any(block.group and block.group.kind in NOTES for block in blocks):
        return "note"
    asked = any(
        repair.is_doubtful and repair.rule == "unmarked-note" and repair.span.start <= start < repair.span.end
        for repair in found.repairs
    )
    return "asked" if asked else "story"


def note_rows() -> tuple[list[Row], list[str]]:
    """Measure all; gives also what went wrong."""
    counts: Counter[tuple[bool, str]] = Counter()
    faults = []
    by_kind: Counter[tuple[str, str, bool, str]] = Counter()
    for trial in trials():
        found = outcome(trial)
        words = len(trial.text.split())
        counts[trial.is_note, found] += words
        by_kind[trial.story, trial.parting, trial.is_note, found] += 1
        if (found == "note") != trial.is_note:
            faults.append(f"{found}: {trial.story}, {trial.parting}: {trial.text[:70]}")
    faults += [f"{count} {' · '.join(map(str, kind))}" for kind, count in sorted(by_kind.items(), key=str)]
    notes, wrong = counts[True, "note"], counts[False, "note"]
    total = sum(count for (is_note, _), count in counts.items() if is_note)
    told = notes + counts[True, "asked"]
    others = sum(count for (is_note, _), count in counts.items() if not is_note)
    before = "notes without a word that marks them"
    return [
        Row(
            f"{before}: precision by word", notes / (notes + wrong) if notes + wrong else None, {}, least=0.99
        ),
        Row(f"{before}: recall by word", notes / total, {}),
        Row(f"{before}: recall, with those asked of the author", told / total, {}),
        Row("look-alikes in stories asked of the author, by word", counts[False, "asked"] / others, {}),
    ], faults
