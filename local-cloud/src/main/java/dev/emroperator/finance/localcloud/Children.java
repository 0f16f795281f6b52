package dev.emroperator.finance.localcloud;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;

/**
 * The processes of a cloud. Each is known from the moment it exists, whatever becomes of its start,
 * and none begins once they are being ended.
 */
final class Children implements AutoCloseable {

  private final Deque<Runnable> ends = new ArrayDeque<>();
  private boolean closed;

  /** Starts one that is asked to end, as {@link ChildProcess#close} does. */
  synchronized ChildProcess start(
      String name, List<String> command, Map<String, String> environment, Path log) {
    ChildProcess child = begin(name, command, environment, log);
    ends.push(child::close);
    return child;
  }

  /** Starts one that has nothing to lose, so that its end takes no time. */
  synchronized ChildProcess startDisposable(String name, List<String> command, Path log) {
    ChildProcess child = begin(name, command, Map.of(), log);
    ends.push(child::kill);
    return child;
  }

  /** Keeps what ends with the processes, such as a server of this JVM. */
  synchronized <T extends AutoCloseable> T keep(T started) {
    if (closed) {
      closeQuietly(started);
      throw new IllegalStateException("the local cloud is being stopped");
    }
    ends.push(() -> closeQuietly(started));
    return started;
  }

  private static void closeQuietly(AutoCloseable started) {
    try {
      started.close();
    } catch (Exception e) {
      System.err.println("can't stop " + started + ": " + e.getMessage());
    }
  }

  private ChildProcess begin(
      String name, List<String> command, Map<String, String> environment, Path log) {
    if (closed) {
      throw new IllegalStateException("the local cloud is being stopped");
    }
    return ChildProcess.start(name, command, environment, log);
  }

  /** Ends all, the last one first. */
  @Override
  public synchronized void close() {
    closed = true;
    ends.forEach(Runnable::run);
    ends.clear();
  }
}
