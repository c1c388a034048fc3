"""A mail server of Python's own library: lays each letter in a file of a folder."""

import asyncore
import pathlib
import smtpd
import sys


class Server(smtpd.SMTPServer):
    def process_message(self, peer, mailfrom, rcpttos, data, **options):
        folder = pathlib.Path(sys.argv[1])
        number = len(list(folder.iterdir()))
        (folder / f"{number:04}.part").write_bytes(b"TO: " + ",".join(rcpttos).encode() + b"\n" + data)
        (folder / f"{number:04}.part").rename(folder / f"{number:04}.eml")


server = Server(("127.0.0.1", 0), None)
print(server.socket.getsockname()[1], flush=True)
asyncore.loop()
