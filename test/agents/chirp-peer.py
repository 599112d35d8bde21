"""An agent over CHIRP that shares nothing with the runner: Python's websockets, and an audio loop of its own.

It keeps time by itself, sends a frame every 20 ms, in silence too, and notices by loudness alone when its caller speaks and falls silent; what
the caller's messages say of that it ignores. It speaks and hears in tones, a letter each: python3 chirp-peer.py
"""

import array
import asyncio
import json
import math
import time

import websockets

RATE = 16_000
FRAME = RATE // 50
LETTER = round(0.06 * RATE)
LETTERS = " abcdefghijklmnopqrstuvwxyz0123456789.,?!'-"
QUIET_S = 0.5


def spoken(text):
    samples = array.array("h")
    for letter in text:
        hertz = 300 + 35 * LETTERS.index(letter)
        # What is as loud all the time is no speech.
        loud = 2800 if LETTERS.index(letter) % 2 else 8000
        for i in range(LETTER):
            edge = min(1, (i + 1) / (RATE * 0.004), (LETTER - i) / (RATE * 0.004))
            samples.append(round(loud * edge * math.sin(2 * math.pi * hertz * i / RATE)))
    return samples


class Call:
    def __init__(self, socket):
        self.socket = socket
        self.queue = array.array("h")
        self.heard_at = None
        self.answers = ["certainly. what is your name?"]

    async def run(self):
        self.queue.extend(spoken("cedarwood clinic, how can i help?"))
        listening = asyncio.create_task(self.listen())
        try:
            await self.speak()
        except websockets.ConnectionClosed:
            pass
        finally:
            listening.cancel()

    async def listen(self):
        async for message in self.socket:
            if isinstance(message, str):
                json.loads(message)
                continue
            samples = array.array("h")
            samples.frombytes(message)
            if max(map(abs, samples), default=0) > 1000:
                self.heard_at = time.monotonic()
                self.queue = array.array("h")

    async def speak(self):
        began = time.monotonic()
        frame = 0
        while True:
            frame += 1
            await asyncio.sleep(max(0, began + frame * 0.02 - time.monotonic()))
            if self.heard_at is not None and time.monotonic() - self.heard_at > QUIET_S:
                self.heard_at = None
                if not self.answers:
                    return await self.socket.close()
                self.queue.extend(spoken(self.answers.pop(0)))
            sound, self.queue = self.queue[:FRAME], self.queue[FRAME:]
            sound.extend([0] * (FRAME - len(sound)))
            await self.socket.send(sound.tobytes())


async def main():
    async with websockets.serve(lambda socket: Call(socket).run(), "127.0.0.1", 0) as server:
        print(f"Agent at ws://127.0.0.1:{server.sockets[0].getsockname()[1]}", flush=True)
        await asyncio.get_running_loop().create_future()


asyncio.run(main())
