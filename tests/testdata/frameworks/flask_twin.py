"""The same app as the shop in Hono, `twin.mjs`. Neither knows of telemetry."""

import logging
import os
import sys
import threading
import urllib.request

import psycopg2
from flask import Blueprint, Flask, abort, jsonify, request
from werkzeug.middleware.dispatcher import DispatcherMiddleware
from werkzeug.serving import make_server

app = Flask(__name__)
released = threading.Event()
users = Blueprint("users", __name__, url_prefix="/users")
admin = Blueprint("admin", __name__, url_prefix="/admin/v1")
legacy = Flask("legacy")


@users.get("/<int:id>")
def user(id):
    return jsonify(id=id)


@users.post("")
def create_user():
    body = request.get_json()
    return (jsonify(body), 201) if body.get("name") else (jsonify(error="name"), 422)


@admin.before_request
def authorize():
    if request.headers.get("authorization") != "Bearer s3cret":
        abort(401)


@admin.get("/stats")
def stats():
    return jsonify(ok=True)


@legacy.get("/old/<x>")
def old(x):
    return f"old {x}"


@app.get("/events")
def events():
    return (f"data: {i}\n\n" for i in range(3)), {"content-type": "text/event-stream"}


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
    with urllib.request.urlopen(os.environ["SHOP_WAREHOUSE"] + "/called") as answer:
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


app.register_blueprint(users)
app.register_blueprint(admin)
app.wsgi_app = DispatcherMiddleware(app.wsgi_app, {"/legacy": legacy})
server = make_server("127.0.0.1", 0, app, threaded=True)
print(f"Listening on http://127.0.0.1:{server.server_port}/", file=sys.stderr, flush=True)
server.serve_forever()
sys.exit(0)
