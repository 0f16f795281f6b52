package dev.emroperator.finance.operator.process;

import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Work that waits for a thread. Namespaces take turns, and within one it is first come, first
 * served: so one object does not wait for the thousand that another namespace has just created.
 */
final class NamespaceTurns {

  private static final Logger LOG = LoggerFactory.getLogger(NamespaceTurns.class);

  /** The framework tells whose work it is by its text alone. */
  private static final Pattern NAMESPACE = Pattern.compile("namespace='([^']*)'");

  /** The namespace whose turn is next comes first. */
  private final Map<String, Queue<Runnable>> waiting = new LinkedHashMap<>();

  private boolean hasTold;

  synchronized void add(Runnable work) {
    waiting.computeIfAbsent(namespace(work), namespace -> new ArrayDeque<>()).add(work);
  }

  synchronized Optional<Runnable> next() {
    Iterator<Map.Entry<String, Queue<Runnable>>> first = waiting.entrySet().iterator();
    if (!first.hasNext()) {
      return Optional.empty();
    }
    Map.Entry<String, Queue<Runnable>> turn = first.next();
    String namespace = turn.getKey();
    Queue<Runnable> own = turn.getValue();
    first.remove();
    Runnable work = own.remove();
    if (!own.isEmpty()) {
      waiting.put(namespace, own);
    }
    return Optional.of(work);
  }

  synchronized void clear() {
    waiting.clear();
  }

  private String namespace(Runnable work) {
    Matcher text = NAMESPACE.matcher(work.toString());
    if (text.find()) {
      return text.group(1);
    }
    if (!hasTold) {
      hasTold = true;
      LOG.warn("Work without a namespace ({}): all of it is served in the order of coming", work);
    }
    return "";
  }
}
