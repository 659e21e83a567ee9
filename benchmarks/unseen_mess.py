"""Makes mess as ../shared/gold/score/mess.py does, but with notes and break marks that stand nowhere in it: nothing can be fitted to them.

Takes the arguments of mess.py.
"""

from scorers import scorer

BREAKS = [
    "* * * * *", "~ ~ ~", "~*~*~*~", "----------", "– – –", "________", "= = =", "OoOoO", "o.o.o", "xXxXx", "XxX", "+ + +",
    "##", "* ~ * ~ *", "☆", "✦ ✦ ✦", "♦♦♦", "❧", "◇◇◇", "•", "-=-=-=-", "<<>>", "<*>", "&&&", "[scene change]",
    "~ scene break ~", "(line break)", "-o-o-o-", "|||", "¤¤¤", "::::", "…………", "~~~oOo~~~", "[break]", "<hr />",
]  # fmt: skip
TOP_NOTES = [
    ("A/N: I wrote most of this on the night train, so blame the jolts for any typos.", True),
    ("AN: this chapter took three drafts and a lot of biscuits.", True),
    ("(A/N: mild spoilers for the second season in here, you have been warned.)", True),
    ("Author's Notes: A huge thank you to Marrow for the beta reading, she caught everything.", True),
    ("Author note: I moved the harbour scene to the next chapter.", True),
    ("A.N.: Just a short one this week.", True),
    ("Rating: T for language and a bar fight.", True),
    ("Pairing: none so far, wait and see.", True),
    ("Content warning: hospital scenes and a funeral.", True),
    ("Beta: the wonderful Tamsin, who puts up with my commas.", True),
    ("Chapter Summary: A letter comes, and nobody wants to open it.", True),
    ("Notes:\nThis was written for the winter exchange.", True),
    ("Hi everyone, I'm back! Exams are over, so updates should be more regular from now on.", False),
    ("Thank you all for the lovely comments on the last chapter, they really kept me going while I was ill.", False),
    ("This one is longer than usual because I could not find a good place to split it. Enjoy!", False),
    ("I know some of you were hoping for more of the sisters in this update, but I promise they will be back in the next chapter.", False),
]  # fmt: skip
END_NOTES = [
    ("To be continued", True),
    ("End of chapter", True),
    ("* End of Chapter *", True),
    ("A/N 2: Any guesses who sent the letter?", True),
    ("End note: the recipe is real, and it is very good.", True),
    ("R&R!", True),
    ("Please leave a review if you liked it.", True),
    ("So, what did you think? Comments and kudos make my day.", False),
    ("I'll try to update again before the holidays. Thanks for sticking with this story!", False),
]  # fmt: skip

if __name__ == "__main__":
    mess = scorer("mess")
    mess.BREAKS, mess.TOP_NOTES, mess.END_NOTES = BREAKS, TOP_NOTES, END_NOTES
    mess.main()
