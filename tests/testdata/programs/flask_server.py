"""Serves an app of Flask on any free port."""

import sys

from flask import Flask
from werkzeug.serving import make_server

app = Flask(__name__)


@app.get("/hello")
def hello():
    return "hello\n"


server = make_server("127.0.0.1", 0, app)
print(f"Listening on http://127.0.0.1:{server.server_port}/", file=sys.stderr, flush=True)
server.serve_forever()
