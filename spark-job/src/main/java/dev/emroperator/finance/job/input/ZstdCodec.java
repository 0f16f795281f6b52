package dev.emroperator.finance.job.input;

import com.github.luben.zstd.ZstdInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.hadoop.io.compress.CompressionCodec;
import org.apache.hadoop.io.compress.CompressionInputStream;
import org.apache.hadoop.io.compress.CompressionOutputStream;
import org.apache.hadoop.io.compress.Compressor;
import org.apache.hadoop.io.compress.Decompressor;

/**
 * Reads {@code .zst} with the library that Spark brings; Hadoop's own codec wants a native one that
 * is not everywhere. It writes nothing.
 */
public final class ZstdCodec implements CompressionCodec {

  @Override
  public CompressionInputStream createInputStream(InputStream in) throws IOException {
    return new Plain(in);
  }

  @Override
  public CompressionInputStream createInputStream(InputStream in, Decompressor none)
      throws IOException {
    return new Plain(in);
  }

  @Override
  public Class<? extends Decompressor> getDecompressorType() {
    return null;
  }

  @Override
  public Decompressor createDecompressor() {
    return null;
  }

  @Override
  public String getDefaultExtension() {
    return ".zst";
  }

  @Override
  public CompressionOutputStream createOutputStream(OutputStream out) {
    throw new UnsupportedOperationException("results are written without this codec");
  }

  @Override
  public CompressionOutputStream createOutputStream(OutputStream out, Compressor compressor) {
    return createOutputStream(out);
  }

  @Override
  public Class<? extends Compressor> getCompressorType() {
    return null;
  }

  @Override
  public Compressor createCompressor() {
    return null;
  }

  /** The bytes as they were before. */
  private static final class Plain extends CompressionInputStream {
    private final InputStream plain;

    Plain(InputStream in) throws IOException {
      super(in);
      this.plain = new ZstdInputStream(in).setContinuous(false);
    }

    @Override
    public int read() throws IOException {
      return plain.read();
    }

    @Override
    public int read(byte[] bytes, int from, int length) throws IOException {
      return plain.read(bytes, from, length);
    }

    @Override
    public void resetState() throws IOException {
      throw new IOException("a zstd stream is read once");
    }

    @Override
    public void close() throws IOException {
      plain.close();
      super.close();
    }
  }
}
