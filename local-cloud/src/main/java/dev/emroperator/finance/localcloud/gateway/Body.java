package dev.emroperator.finance.localcloud.gateway;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** How far the body of a message goes on the wire. */
record Body(Kind kind, long length) {

  private static final int BLOCK = 1 << 16;
  private static final int HELD = 1 << 20;
  private static final Body NONE = new Body(Kind.LENGTH, 0);

  enum Kind {
    LENGTH,
    CHUNKED,
    UNTIL_CLOSE
  }

  static Body ofRequest(Head head) {
    return framed(head, NONE);
  }

  static Body ofResponse(Head head, String method) {
    int status = head.status();
    boolean none = method.equals("HEAD") || status == 204 || status == 304 || status / 100 == 1;
    return none ? NONE : framed(head, new Body(Kind.UNTIL_CLOSE, 0));
  }

  private static Body framed(Head head, Body otherwise) {
    if (head.says("Transfer-Encoding", "chunked")) {
      return new Body(Kind.CHUNKED, 0);
    }
    String length = head.headers().get("Content-Length");
    return length == null ? otherwise : new Body(Kind.LENGTH, Long.parseLong(length));
  }

  /** True for one that is small, and known to be. */
  boolean canBeHeld() {
    return kind == Kind.LENGTH && length <= HELD;
  }

  byte[] hold(InputStream in) throws IOException {
    byte[] bytes = in.readNBytes((int) length);
    if (bytes.length < length) {
      throw new EOFException("a body broke off");
    }
    return bytes;
  }

  /** Passes it on as it comes. */
  void copy(InputStream in, OutputStream out) throws IOException {
    switch (kind) {
      case LENGTH -> copy(in, out, length);
      case CHUNKED -> copyChunks(in, out);
      default -> copyAll(in, out);
    }
    out.flush();
  }

  static void copyAll(InputStream in, OutputStream out) throws IOException {
    byte[] block = new byte[BLOCK];
    for (int read = in.read(block); read >= 0; read = in.read(block)) {
      out.write(block, 0, read);
      out.flush();
    }
  }

  private static void copy(InputStream in, OutputStream out, long length) throws IOException {
    byte[] block = new byte[(int) Math.min(BLOCK, length)];
    long left = length;
    while (left > 0) {
      int read = in.read(block, 0, (int) Math.min(block.length, left));
      if (read < 0) {
        throw new EOFException("a body broke off");
      }
      out.write(block, 0, read);
      left -= read;
    }
  }

  private static void copyChunks(InputStream in, OutputStream out) throws IOException {
    while (true) {
      String line = copyLine(in, out);
      int size = Integer.parseInt(line.split(";", 2)[0].strip(), 16);
      if (size == 0) {
        break;
      }
      copy(in, out, size);
      copyLine(in, out);
      out.flush();
    }
    while (!copyLine(in, out).isEmpty()) {
      // Trailers, up to the empty line.
      continue;
    }
  }

  private static String copyLine(InputStream in, OutputStream out) throws IOException {
    String line = Head.readLine(in);
    if (line == null) {
      throw new EOFException("a body broke off");
    }
    out.write((line + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
    return line;
  }
}
