"""A speech server of your own, in OpenAI's wire format and without a key: POST /v1/audio/speech and /v1/audio/transcriptions, GET /v1/models.

It speaks with Kokoro, and hears with Moonshine (model "moonshine": fast, without the times of words) and Whisper base (model "whisper-base").
It is for tests on one machine: it listens on loopback only, unless told otherwise, and asks nobody for a password.
"""
import argparse
import io
import json
import os
import re
import select
import socket
import threading
import wave
from email.parser import BytesParser
from email.policy import HTTP
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import numpy as np
import sherpa_onnx

arguments = argparse.ArgumentParser(description="A speech server in OpenAI's wire format.")
arguments.add_argument("--host", default="127.0.0.1")
arguments.add_argument("--port", type=int, default=8880, help="0 takes a free one")
arguments.add_argument("--models", type=Path, default=Path(__file__).parent / ".speech/models")
arguments.add_argument("--threads", type=int, default=max(1, (os.cpu_count() or 2) - 1))
options = arguments.parse_args()

MOST_BYTES = 25 << 20
HEARING = ("moonshine", "whisper-base")
USUAL_VOICE = "am_michael"
# Each engine does one thing at a time.
locks = {name: threading.Lock() for name in ("kokoro", *HEARING)}


class Refused(Exception):
    """A request that cannot be answered, with its HTTP status."""

    def __init__(self, status, message):
        super().__init__(message)
        self.status = status


@cache
def kokoro():
    folder = options.models / "kokoro"
    model = sherpa_onnx.OfflineTtsKokoroModelConfig(
        model=str(folder / "model.onnx"),
        voices=str(folder / "voices.bin"),
        tokens=str(folder / "tokens.txt"),
        data_dir=str(folder / "espeak-ng-data"),
        lang="en-us",
    )
    config = sherpa_onnx.OfflineTtsModelConfig(kokoro=model, num_threads=options.threads)
    return sherpa_onnx.OfflineTts(sherpa_onnx.OfflineTtsConfig(model=config, max_num_sentences=1))


@cache
def voices():
    """The names of Kokoro's voices, in the order of their numbers."""
    return (options.models / "kokoro/voices.txt").read_text().split()


@cache
def moonshine():
    folder = options.models / "moonshine"
    return sherpa_onnx.OfflineRecognizer.from_moonshine_v2(
        encoder=str(folder / "encoder_model.ort"),
        decoder=str(folder / "decoder_model_merged.ort"),
        tokens=str(folder / "tokens.txt"),
        num_threads=1,
    )


@cache
def whisper():
    from faster_whisper import WhisperModel

    return WhisperModel(str(options.models / "whisper-base"), device="cpu", compute_type="int8", cpu_threads=options.threads)


def speak(text, voice, speed, is_needed):
    """Sound, sentence by sentence, as long as it is needed."""
    with locks["kokoro"]:
        if not is_needed():
            raise ConnectionError
        made = kokoro().generate(text, sid=voices().index(voice), speed=speed, callback=lambda *_: int(is_needed()))
    return made.sample_rate, (np.clip(made.samples, -1, 1) * 32767).astype("<i2").tobytes()


def hear(model, samples, rate, language, wants_words):
    """Text, and words with their times if they are wanted."""
    with locks[model]:
        if model == "moonshine":
            stream = moonshine().create_stream()
            stream.accept_waveform(rate, samples)
            moonshine().decode_stream(stream)
            return stream.result.text.strip(), None
        at = np.arange(0, len(samples), rate / 16000)
        at_16_khz = np.interp(at, np.arange(len(samples)), samples).astype(np.float32)
        segments, _ = whisper().transcribe(
            at_16_khz, language=language, beam_size=1, word_timestamps=wants_words, condition_on_previous_text=False
        )
        segments = list(segments)
    words = [{"word": w.word.strip(), "start": float(w.start), "end": float(w.end)} for s in segments for w in s.words or []]
    return "".join(segment.text for segment in segments).strip(), words if wants_words else None


def wav_of(rate, pcm):
    file = io.BytesIO()
    with wave.open(file, "wb") as out:
        out.setnchannels(1)
        out.setsampwidth(2)
        out.setframerate(rate)
        out.writeframes(pcm)
    return file.getvalue()


def samples_of(wav):
    try:
        with wave.open(io.BytesIO(wav)) as file:
            if file.getsampwidth() != 2:
                raise Refused(400, "The WAV file must have 16 bits.")
            samples = np.frombuffer(file.readframes(file.getnframes()), "<i2").reshape(-1, file.getnchannels())
            return samples.mean(1).astype(np.float32) / 32768, file.getframerate()
    except (wave.Error, EOFError) as error:
        raise Refused(400, f"The file is not a WAV file: {error}.") from error


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_):
        pass

    def do_GET(self):
        if self.path != "/v1/models":
            return self.refuse(404, f"There is nothing at {self.path}.")
        self.answer_json({"object": "list", "data": [{"id": name, "object": "model"} for name in ("kokoro", *HEARING)]})

    def do_POST(self):
        try:
            body = self.body()
            if self.path == "/v1/audio/speech":
                self.speech(json.loads(body))
            elif self.path == "/v1/audio/transcriptions":
                self.transcription(self.form(body))
            else:
                raise Refused(404, f"There is nothing at {self.path}.")
        except Refused as refused:
            self.refuse(refused.status, str(refused))
        except (ValueError, KeyError, TypeError) as error:
            self.refuse(400, f"The request is not understood: {error}.")
        except ConnectionError:
            self.close_connection = True

    def speech(self, asked):
        text, voice, speed = asked["input"], asked.get("voice", USUAL_VOICE), float(asked.get("speed", 1))
        kind = asked.get("response_format", "mp3")
        if kind not in ("wav", "pcm"):
            raise Refused(400, f'response_format must be "wav" or "pcm", and is "{kind}".')
        if voice not in voices():
            raise Refused(400, f'There is no voice "{voice}". There are {", ".join(voices())}.')
        if not re.search(r"\w", text) or not 0.5 <= speed <= 2:
            raise Refused(400, "input must have words, and speed must be from 0.5 to 2.")
        rate, pcm = speak(text, voice, speed, lambda: not self.is_gone())
        if kind == "pcm":
            return self.answer(200, f"audio/pcm;rate={rate}", pcm)
        self.answer(200, "audio/wav", wav_of(rate, pcm))

    def transcription(self, form):
        model, kind = form.get("model", b"").decode(), form.get("response_format", b"json").decode()
        wants_words = form.get("timestamp_granularities[]") == b"word"
        if model not in HEARING:
            raise Refused(404, f'There is no model "{model}". There are {" and ".join(HEARING)}.')
        if wants_words and model == "moonshine":
            raise Refused(400, "moonshine does not tell the times of words.")
        samples, rate = samples_of(form["file"])
        language = form.get("language", b"en").decode().split("-")[0]
        text, words = hear(model, samples, rate, language, wants_words)
        if kind == "text":
            return self.answer(200, "text/plain; charset=utf-8", text.encode())
        more = {"duration": len(samples) / rate, "language": language} if kind == "verbose_json" else {}
        self.answer_json({"text": text, **more, **({"words": words} if words is not None else {})})

    def body(self):
        length = int(self.headers.get("content-length", 0))
        if length > MOST_BYTES:
            self.close_connection = True
            raise Refused(413, f"The body must not have more than {MOST_BYTES >> 20} MiB.")
        return self.rfile.read(length)

    def form(self, body):
        """The fields of a form, by name."""
        head = f"Content-Type: {self.headers['content-type']}\r\n\r\n".encode()
        parts = BytesParser(policy=HTTP).parsebytes(head + body).iter_parts()
        return {part.get_param("name", header="content-disposition"): part.get_payload(decode=True) for part in parts}

    def is_gone(self):
        """Whether nobody waits for the answer any more."""
        readable, _, _ = select.select([self.connection], [], [], 0)
        return bool(readable) and self.connection.recv(1, socket.MSG_PEEK) == b""

    def refuse(self, status, message):
        self.answer(status, "application/json", json.dumps({"error": {"message": message, "type": "invalid_request_error"}}).encode())

    def answer_json(self, answer):
        self.answer(200, "application/json", json.dumps(answer).encode())

    def answer(self, status, content_type, body):
        self.send_response(status)
        self.send_header("content-type", content_type)
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


if __name__ == "__main__":
    if not (options.models / "kokoro/model.onnx").exists():
        raise SystemExit(f"{options.models} has no models. Run setup.sh first.")
    server = ThreadingHTTPServer((options.host, options.port), Handler)
    print(f"http://{options.host}:{server.server_address[1]}/v1", flush=True)
    try:
        server.serve_forever()
    except KeyboardInterrupt:
        pass
