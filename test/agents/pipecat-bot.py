"""A bot in Pipecat's own pipeline, with its own serializers, that needs no key: it hears and speaks in tones, a letter each, and calls one tool.

One server: /ws takes Twilio, Telnyx and the evaluation channel, told apart by their first messages as Pipecat's runner does; /ws-client takes
protobuf; /ws-bare has no transport for evaluations. A second server is the evaluation channel of before 1.13. python3 pipecat-bot.py
"""

import asyncio
import socket
import sys
import time

import numpy as np
import uvicorn
from fastapi import FastAPI, WebSocket
from loguru import logger
from pipecat.evals.fastapi_transport import EvalFastAPIWebsocketTransport
from pipecat.evals.serializer import EvalConnectionFlags, EvalSerializer
from pipecat.evals.transport import EvalTransport, EvalTransportParams
from pipecat.frames.frames import (
    FunctionCallInProgressFrame,
    FunctionCallResultFrame,
    InputAudioRawFrame,
    LLMFullResponseEndFrame,
    LLMFullResponseStartFrame,
    LLMTextFrame,
    TranscriptionFrame,
    TTSAudioRawFrame,
    TTSStartedFrame,
    TTSStoppedFrame,
)
from pipecat.pipeline.pipeline import Pipeline
from pipecat.pipeline.worker import PipelineParams, PipelineWorker
from pipecat.processors.frame_processor import FrameProcessor
from pipecat.runner.utils import parse_telephony_websocket
from pipecat.serializers.protobuf import ProtobufFrameSerializer
from pipecat.serializers.telnyx import TelnyxFrameSerializer
from pipecat.serializers.twilio import TwilioFrameSerializer
from pipecat.transports.websocket.fastapi import FastAPIWebsocketParams, FastAPIWebsocketTransport
from pipecat.workers.runner import WorkerRunner

LETTERS = " abcdefghijklmnopqrstuvwxyz0123456789.,?!'-"
HERTZ = 300 + 35 * np.arange(len(LETTERS))
# What is as loud all the time is no speech.
LOUDNESS = np.where(np.arange(len(LETTERS)) % 2, 2800, 8000)
LETTER_S = 0.06
QUIET_S = 0.5
LOUD = 1000


def spoken(text, rate):
    at = np.arange(round(LETTER_S * rate))
    edge = np.minimum(1, np.minimum(at + 1, len(at) - at) / (rate * 0.004))
    each = [(LOUDNESS[LETTERS.index(letter)], HERTZ[LETTERS.index(letter)]) for letter in text]
    letters = [loud * edge * np.sin(2 * np.pi * hertz * at / rate) for loud, hertz in each]
    return np.concatenate(letters).astype("<i2")


def heard(samples, rate):
    loud = np.flatnonzero(np.abs(samples) > LOUD)
    samples, length = samples[loud[0] : loud[-1]], round(LETTER_S * rate)
    parts = [samples[at : at + length] for at in range(0, len(samples) - length // 2, length)]
    powers = [np.abs(np.exp(-2j * np.pi * np.outer(HERTZ, np.arange(len(part))) / rate) @ part) for part in parts]
    return "".join(LETTERS[power.argmax()] for power in powers).strip()


class Tones(FrameProcessor):
    """Ears by loudness alone, two answers, and a mouth."""

    def __init__(self, rate):
        super().__init__()
        self.rate = rate
        self.speech = []
        self.quiet_s = 0

    async def process_frame(self, frame, direction):
        await super().process_frame(frame, direction)
        if isinstance(frame, InputAudioRawFrame):
            await self.listen(np.frombuffer(frame.audio, "<i2").astype(float), frame.sample_rate)
        else:
            await self.push_frame(frame, direction)

    async def listen(self, samples, rate):
        is_loud = np.abs(samples).max(initial=0) > LOUD
        if is_loud and not self.speech:
            await self.broadcast_interruption()
        if is_loud or self.speech:
            self.speech.append(samples)
        self.quiet_s = 0 if is_loud else self.quiet_s + len(samples) / rate
        if self.speech and self.quiet_s > QUIET_S:
            text = heard(np.concatenate(self.speech), rate)
            self.speech = []
            await self.push_frame(TranscriptionFrame(text, "caller", time.strftime("%FT%TZ"), finalized=True))
            await self.answer(text)

    async def answer(self, text):
        if "cancel" not in text:
            return
        call = {"function_name": "find_appointment", "tool_call_id": "call-1", "arguments": {"words": text}}
        await self.push_frame(FunctionCallInProgressFrame(**call))
        await self.push_frame(FunctionCallResultFrame(**call, result={"found": True}))
        await self.say("certainly. what is your name?")

    async def say(self, text):
        for frame in [LLMFullResponseStartFrame(), LLMTextFrame(text), LLMFullResponseEndFrame(), TTSStartedFrame()]:
            await self.push_frame(frame)
        await self.push_frame(TTSAudioRawFrame(spoken(text, self.rate).tobytes(), self.rate, 1))
        await self.push_frame(TTSStoppedFrame())


async def converse(transport, rate_in, rate_out):
    tones = Tones(rate_out)
    worker = PipelineWorker(
        Pipeline([transport.input(), tones, transport.output()]),
        params=PipelineParams(audio_in_sample_rate=rate_in, audio_out_sample_rate=rate_out),
    )

    @transport.event_handler("on_client_connected")
    async def on_client_connected(transport, client):
        await tones.say("cedarwood clinic, how can i help?")

    @transport.event_handler("on_client_disconnected")
    async def on_client_disconnected(transport, client):
        await worker.cancel()

    runner = WorkerRunner(handle_sigint=False)
    await runner.add_workers(worker)
    await runner.run()


def params(serializer):
    return FastAPIWebsocketParams(audio_in_enabled=True, audio_out_enabled=True, serializer=serializer)


eval_params = EvalTransportParams(audio_in_enabled=True, audio_out_enabled=True, serializer=EvalSerializer())
app = FastAPI()


@app.websocket("/ws")
async def runner_socket(websocket: WebSocket):
    await websocket.accept()
    provider, call = await parse_telephony_websocket(websocket)
    if provider == "eval":
        flags = EvalConnectionFlags.model_validate(call.body)
        fresh = eval_params.model_copy(update={"serializer": EvalSerializer()})
        return await converse(EvalFastAPIWebsocketTransport(websocket, fresh, flags), 16_000, 24_000)
    if provider == "twilio":
        no_hang_up = TwilioFrameSerializer.InputParams(auto_hang_up=False)
        serializer = TwilioFrameSerializer(call.stream_id, call.call_id, params=no_hang_up)
    else:
        no_hang_up = TelnyxFrameSerializer.InputParams(auto_hang_up=False)
        serializer = TelnyxFrameSerializer(call.stream_id, call.outbound_encoding, "PCMU", call.call_id, params=no_hang_up)
    await converse(FastAPIWebsocketTransport(websocket, params(serializer)), 8_000, 8_000)


@app.websocket("/ws-client")
async def protobuf_socket(websocket: WebSocket):
    await websocket.accept()
    await converse(FastAPIWebsocketTransport(websocket, params(ProtobufFrameSerializer())), 16_000, 24_000)


@app.websocket("/ws-bare")
async def bare_socket(websocket: WebSocket):
    await websocket.accept()
    await parse_telephony_websocket(websocket)
    raise ValueError("Missing transport params for eval")


async def main():
    logger.remove()
    logger.add(sys.stderr, level="ERROR")
    listening = socket.socket()
    listening.bind(("127.0.0.1", 0))
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        own_port = free.getsockname()[1]
    earlier = EvalTransport(params=eval_params, host="127.0.0.1", port=own_port)
    server = uvicorn.Server(uvicorn.Config(app, log_level="critical"))
    print(f"Bot at ws://127.0.0.1:{listening.getsockname()[1]} and ws://127.0.0.1:{own_port}", flush=True)
    await asyncio.gather(server.serve(sockets=[listening]), converse(earlier, 16_000, 24_000))


asyncio.run(main())
