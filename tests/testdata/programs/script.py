"""Answers one request with the application that the distribution instruments: Flask."""

from flask import Flask

app = Flask(__name__)


@app.get("/hello")
def hello():
    return "hello\n"


if __name__ == "__main__":
    print(app.test_client().get("/hello").text, end="")
