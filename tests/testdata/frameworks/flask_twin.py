"""The same app as hono_twin.mjs, which knows nothing of telemetry either."""

import logging
import os
import sys
import threading
import urllib.request

import psycopg2
from flask import Flask, request
from werkzeug.serving import make_server

app = Flask(__name__)
released = threading.Event()


@app.get("/orders/<id>")
def order(id):
    return f"order {id}"


@app.get("/error")
def error():
    raise LookupError("no more shoes")


@app.get("/log")
def log():
    logging.getLogger("shop").warning("sold out")
    return "logged"


@app.get("/call")
def call():
    with urllib.request.urlopen(request.host_url + "called") as answer:
        return answer.read()


@app.get("/called")
def called():
    return request.headers.get("baggage", "")


@app.get("/database")
def database():
    place = dict(host="127.0.0.1", port=os.environ["SHOP_PORT"], user="shop", dbname="postgres")
    connection = psycopg2.connect(**place)
    with connection.cursor() as cursor:
        cursor.execute("select 'secret', relname from pg_class where oid = %s", (1,))
    connection.close()
    return "asked"


@app.get("/stream")
def stream():
    def parts():
        yield "first "
        released.wait()
        yield "last"

    return parts()


@app.get("/release")
def release():
    released.set()
    return "released"


@app.get("/exit")
def end():
    threading.Thread(target=server.shutdown).start()
    return "ended"


server = make_server("127.0.0.1", 0, app, threaded=True)
print(f"Listening on http://127.0.0.1:{server.server_port}/", file=sys.stderr, flush=True)
server.serve_forever()
sys.exit(0)
