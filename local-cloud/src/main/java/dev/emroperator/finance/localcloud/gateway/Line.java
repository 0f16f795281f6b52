package dev.emroperator.finance.localcloud.gateway;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;

/** A connection to one side; {@code plain} is the socket below, whether or not there is TLS. */
record Line(Socket plain, InputStream in, OutputStream out) implements AutoCloseable {

  static Line over(Socket plain, Socket secured) throws IOException {
    plain.setTcpNoDelay(true);
    return new Line(
        plain,
        new BufferedInputStream(secured.getInputStream()),
        new BufferedOutputStream(secured.getOutputStream()));
  }

  /** Ends it at once; who reads from it or writes to it hears so. */
  @Override
  public void close() {
    try {
      plain.close();
    } catch (IOException e) {
      // It is gone, which is all that was wanted.
      return;
    }
  }

  /** Ends it with a reset. */
  void reset() throws IOException {
    plain.setSoLinger(true, 0);
    close();
  }
}
