import com.sun.net.httpserver.HttpServer;
import java.net.InetSocketAddress;

/** A server on any free port. */
public class Server {
  public static void main(String[] args) throws Exception {
    var server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
    server.createContext("/hello", exchange -> {
      var body = "hello\n".getBytes();
      exchange.sendResponseHeaders(200, body.length);
      exchange.getResponseBody().write(body);
      exchange.close();
    });
    server.start();
    System.err.println("Listening on http://127.0.0.1:" + server.getAddress().getPort() + "/");
  }
}
