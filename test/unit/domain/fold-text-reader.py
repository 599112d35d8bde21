"""Folds the texts of a JSON list on standard input, each as a reader would who only knows Python's Unicode tables."""
import json, re, sys, unicodedata

QUOTES = {**dict.fromkeys("'`´\u02bc\u055a‘’‚‛′‵‹›＇｀\u1fef\u1ffd", "'"), **dict.fromkeys('"«»“”„‟″‶「」『』〝〞〟＂', '"')}
HYPHENS = dict.fromkeys("\u2010\u2011\u2212", "-")
UNSEEN = re.compile("[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164"
                    "\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufff8\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff]")

def one(text):
    text = UNSEEN.sub("", text)
    text = "".join(QUOTES.get(c, HYPHENS.get(c, c)) for c in text)
    return re.sub("[\\s\u0085]+", " ", text)

def fold(text):
    text = unicodedata.normalize("NFKD", one(text)).casefold().replace("ı", "i")
    text = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold().lower())  # Cherokee folds to upper case
    text = re.sub("i\u0307+", "i", unicodedata.normalize("NFD", text))
    return one(unicodedata.normalize("NFKC", one(text)))

def known(text):
    return all(unicodedata.category(c) != "Cn" for c in text)

print(json.dumps([fold(text) if known(text) else None for text in json.load(sys.stdin)]))
