package dev.emroperator.finance.localcloud.gateway;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * Stands between a caller and the servers that it talks to, one port of plain HTTP/1.1 for each,
 * and lets a test decide what becomes of each call and of each answer. A server that can't be
 * reached shows as a connection that closes without an answer.
 */
public final class Gateway implements AutoCloseable {

  private static final Interceptor PASSES = new Interceptor() {};

  private final Map<Target, ServerSocket> doors = new EnumMap<>(Target.class);
  private final ExecutorService threads =
      Executors.newCachedThreadPool(
          work -> {
            Thread thread = new Thread(work, "gateway");
            thread.setDaemon(true);
            return thread;
          });
  private final Set<Conversation> open = ConcurrentHashMap.newKeySet();
  private final AtomicLong calls = new AtomicLong();
  private volatile Interceptor interceptor = PASSES;
  private volatile Consumer<Call> witness = call -> {};

  private Gateway() {}

  /** Opens a port for each; all calls pass. */
  public static Gateway start(Map<Target, Upstream> upstreams) {
    Gateway gateway = new Gateway();
    try {
      upstreams.forEach(gateway::openDoor);
      return gateway;
    } catch (RuntimeException e) {
      gateway.close();
      throw e;
    }
  }

  /** Where callers of a server are to be sent. */
  public URI endpoint(Target target) {
    return URI.create("http://127.0.0.1:" + doors.get(target).getLocalPort());
  }

  /** Lets somebody else decide, for the calls that come from now on; null lets all pass. */
  public void intercept(Interceptor newInterceptor) {
    interceptor = Objects.requireNonNullElse(newInterceptor, PASSES);
  }

  /** Tells somebody of the calls that come from now on, whoever decides about them. */
  public void tell(Consumer<Call> newWitness) {
    witness = newWitness;
  }

  /** Closes the connections of all open watches, and tells how many there were. */
  public int cutWatches() {
    List<Conversation> watches = open.stream().filter(Conversation::isWatching).toList();
    watches.forEach(Conversation::close);
    return watches.size();
  }

  /** Closes all connections, of all callers. */
  public void cutAll() {
    open.forEach(Conversation::close);
  }

  @Override
  public void close() {
    doors.values().forEach(Gateway::closeQuietly);
    cutAll();
    threads.shutdownNow();
  }

  /** What becomes of a call. */
  Verdict before(Call call) {
    witness.accept(call);
    return interceptor.before(call);
  }

  /** What becomes of its answer. */
  Verdict after(Call call, int status) {
    return interceptor.after(call, status);
  }

  long nextCall() {
    return calls.incrementAndGet();
  }

  /** Runs beside the caller's own thread. */
  void run(Runnable work) {
    threads.execute(work);
  }

  private void openDoor(Target target, Upstream upstream) {
    try {
      ServerSocket door = new ServerSocket(0, 200, InetAddress.getLoopbackAddress());
      doors.put(target, door);
      threads.execute(() -> accept(door, target, upstream));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void accept(ServerSocket door, Target target, Upstream upstream) {
    while (!door.isClosed()) {
      try {
        Socket socket = door.accept();
        Conversation conversation =
            new Conversation(this, target, upstream, Line.over(socket, socket));
        open.add(conversation);
        threads.execute(
            () -> {
              conversation.run();
              open.remove(conversation);
            });
      } catch (IOException e) {
        // The door is closed, or the caller went away while it entered.
        continue;
      }
    }
  }

  private static void closeQuietly(ServerSocket door) {
    try {
      door.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
