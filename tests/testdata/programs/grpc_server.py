"""Takes any unary call, prints its method and the length of its message, and answers as its
metadata say: see tests/helpers/grpc_server.ts. Arguments for TLS: certificate, key, authority of
clients."""

import sys
import threading
from concurrent.futures import ThreadPoolExecutor

import grpc


class Server(grpc.GenericRpcHandler):
    def __init__(self, credentials):
        self.credentials = credentials

    def start(self, port):
        self.server = grpc.server(ThreadPoolExecutor())
        self.server.add_generic_rpc_handlers((self,))
        address = f"127.0.0.1:{port}"
        self.port = (
            self.server.add_secure_port(address, self.credentials)
            if self.credentials
            else self.server.add_insecure_port(address)
        )
        self.server.start()

    def service(self, call):
        return grpc.unary_unary_rpc_method_handler(
            lambda message, context: self.answer(call, message, context)
        )

    def answer(self, call, message, context):
        print(call.method, len(message), flush=True)
        headers = dict(call.invocation_metadata)
        kind, *words = headers.get("x-answer", "").split(" ", 2)
        if kind in ("status", "late"):
            if kind == "late":
                context.send_initial_metadata(())
            if "x-details-bin" in headers:
                details = headers["x-details-bin"]
                context.set_trailing_metadata((("grpc-status-details-bin", details),))
            code = next(code for code in grpc.StatusCode if code.value[0] == int(words[0]))
            context.abort(code, words[1])
        if kind == "restart":
            self.restart()
        return b""

    def restart(self):
        stopped = self.server.stop(10)
        threading.Thread(target=lambda: (stopped.wait(), self.start(self.port))).start()


def read(path):
    with open(path, "rb") as file:
        return file.read()


def credentials(certificate, key, authority):
    pair = (read(key), read(certificate))
    return grpc.ssl_server_credentials((pair,), read(authority), require_client_auth=True)


server = Server(credentials(*sys.argv[1:]) if sys.argv[1:] else None)
server.start(0)
print("Listening on", server.port, flush=True)
threading.Event().wait()
