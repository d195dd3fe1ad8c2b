import io.grpc.HandlerRegistry;
import io.grpc.InsecureServerCredentials;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerCredentials;
import io.grpc.ServerMethodDefinition;
import io.grpc.Status;
import io.grpc.TlsServerCredentials;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import java.io.ByteArrayInputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;

/**
 * Takes any unary call, prints its method and the length of its message, and answers as its metadata
 * say: see tests/helpers/grpc_server.ts. Arguments for TLS: certificate, key, authority of clients.
 */
class GrpcServer extends HandlerRegistry {
  static final MethodDescriptor.Marshaller<byte[]> BYTES = new MethodDescriptor.Marshaller<>() {
    public InputStream stream(byte[] value) {
      return new ByteArrayInputStream(value);
    }

    public byte[] parse(InputStream stream) {
      try {
        return stream.readAllBytes();
      } catch (IOException error) {
        throw new UncheckedIOException(error);
      }
    }
  };
  static final Metadata.Key<String> ANSWER =
      Metadata.Key.of("x-answer", Metadata.ASCII_STRING_MARSHALLER);
  static final Metadata.Key<byte[]> GIVEN_DETAILS =
      Metadata.Key.of("x-details-bin", Metadata.BINARY_BYTE_MARSHALLER);
  static final Metadata.Key<byte[]> DETAILS =
      Metadata.Key.of("grpc-status-details-bin", Metadata.BINARY_BYTE_MARSHALLER);

  final ServerCredentials credentials;
  Server server;

  GrpcServer(ServerCredentials credentials) {
    this.credentials = credentials;
  }

  void start(int port) throws IOException {
    InetSocketAddress address = new InetSocketAddress("127.0.0.1", port);
    server = NettyServerBuilder.forAddress(address, credentials)
        .fallbackHandlerRegistry(this)
        .build()
        .start();
  }

  @Override
  public ServerMethodDefinition<?, ?> lookupMethod(String name, String authority) {
    MethodDescriptor<byte[], byte[]> method = MethodDescriptor.<byte[], byte[]>newBuilder()
        .setType(MethodDescriptor.MethodType.UNARY)
        .setFullMethodName(name)
        .setRequestMarshaller(BYTES)
        .setResponseMarshaller(BYTES)
        .build();
    return ServerMethodDefinition.create(method, (call, headers) -> {
      call.request(1);
      return new ServerCall.Listener<byte[]>() {
        @Override
        public void onMessage(byte[] message) {
          System.out.println("/" + name + " " + message.length);
          answer(call, headers);
        }
      };
    });
  }

  void answer(ServerCall<byte[], byte[]> call, Metadata headers) {
    String answer = headers.containsKey(ANSWER) ? headers.get(ANSWER) : "";
    if (answer.startsWith("status ") || answer.startsWith("late ")) {
      if (answer.startsWith("late ")) call.sendHeaders(new Metadata());
      String[] words = answer.split(" ", 3);
      Metadata trailers = new Metadata();
      if (headers.containsKey(GIVEN_DETAILS)) trailers.put(DETAILS, headers.get(GIVEN_DETAILS));
      Status status = Status.fromCodeValue(Integer.parseInt(words[1]));
      call.close(status.withDescription(words[2]), trailers);
      return;
    }
    if (answer.equals("restart")) restart();
    call.sendHeaders(new Metadata());
    call.sendMessage(new byte[0]);
    call.close(Status.OK, new Metadata());
  }

  void restart() {
    Server old = server;
    int port = old.getPort();
    old.shutdown();
    new Thread(() -> {
      try {
        old.awaitTermination();
        start(port);
      } catch (Exception error) {
        throw new IllegalStateException(error);
      }
    }).start();
  }

  public static void main(String[] arguments) throws Exception {
    GrpcServer server = new GrpcServer(
        arguments.length == 0
            ? InsecureServerCredentials.create()
            : TlsServerCredentials.newBuilder()
                .keyManager(new File(arguments[0]), new File(arguments[1]))
                .trustManager(new File(arguments[2]))
                .clientAuth(TlsServerCredentials.ClientAuth.REQUIRE)
                .build());
    server.start(0);
    System.out.println("Listening on " + server.server.getPort());
    Thread.currentThread().join();
  }
}
