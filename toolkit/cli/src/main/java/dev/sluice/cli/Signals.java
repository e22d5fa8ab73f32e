package dev.sluice.cli;

import java.lang.reflect.Proxy;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Ctrl-C and SIGTERM while training: the first asks to stop, the second stops at once. Where the JVM offers no signals, both end the process, and the last
 * checkpoint stays.
 */
final class Signals implements AutoCloseable {
  private static final int INTERRUPT = 2;
  private static final int TERMINATE = 15;

  private final AtomicInteger received = new AtomicInteger();
  private final Runnable first;
  private final Object[] before = new Object[2];

  private Signals(Runnable first) {
    this.first = first;
  }

  /** Begins to listen; what is given runs at the first signal, on a thread of its own. */
  static Signals listen(Runnable first) {
    Signals signals = new Signals(first);
    signals.before[0] = signals.handle("INT", INTERRUPT);
    signals.before[1] = signals.handle("TERM", TERMINATE);
    return signals;
  }

  /** The exit code that belongs to the first signal; 0 when there was none. */
  int exitCode() {
    return received.get() == 0 ? 0 : 128 + received.get();
  }

  private void received(int number) {
    if (received.compareAndSet(0, number)) first.run();
    else Runtime.getRuntime().halt(128 + number);
  }

  /** sun.misc.Signal is the JDK's only door to signals; javac warns of it wherever it is named, so it is asked for by name. */
  private Object handle(String name, int number) {
    try {
      Class<?> handler = Class.forName("sun.misc.SignalHandler");
      Object mine =
          Proxy.newProxyInstance(
              Signals.class.getClassLoader(),
              new Class<?>[] {handler},
              (proxy, method, arguments) -> {
                if (method.getName().equals("handle")) received(number);
                return null;
              });
      return set(name, mine);
    } catch (ReflectiveOperationException | RuntimeException e) {
      return null;
    }
  }

  private static Object set(String name, Object handler) throws ReflectiveOperationException {
    Class<?> signal = Class.forName("sun.misc.Signal");
    return signal
        .getMethod("handle", signal, Class.forName("sun.misc.SignalHandler"))
        .invoke(null, signal.getConstructor(String.class).newInstance(name), handler);
  }

  @Override
  public void close() {
    try {
      if (before[0] != null) set("INT", before[0]);
      if (before[1] != null) set("TERM", before[1]);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("handlers could be set but not set back", e);
    }
  }
}
