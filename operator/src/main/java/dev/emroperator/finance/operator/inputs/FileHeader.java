package dev.emroperator.finance.operator.inputs;

import dev.emroperator.finance.api.Format;
import dev.emroperator.finance.api.run.CsvHeader;
import dev.emroperator.finance.api.run.Plan;
import dev.emroperator.finance.operator.s3.ObjectStore;
import dev.emroperator.finance.operator.s3.S3Uri;
import io.airlift.compress.MalformedInputException;
import io.airlift.compress.zstd.ZstdInputStream;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.SchemaElement;
import org.apache.parquet.format.Util;

/**
 * Names of the columns of one file, from its Parquet footer or its CSV header, without the rest of
 * it.
 */
final class FileHeader {

  private static final int CSV_BYTES = 64 * 1024;

  /** A whole block of zstd, without which none of its bytes are known, has at most 128 KiB. */
  private static final int ZSTD_BYTES = 256 * 1024;

  private static final int FOOTER_TAIL = 8;
  private static final int MAX_FOOTER = 64 * 1024 * 1024;
  private static final byte[] PARQUET = "PAR1".getBytes(StandardCharsets.US_ASCII);

  private FileHeader() {}

  /** The file is not what its input says it is. */
  static final class Unreadable extends Exception {
    private static final long serialVersionUID = 1L;

    Unreadable(String message) {
      super(message);
    }
  }

  static List<String> columns(Format format, Plan.File file, ObjectStore store) throws Unreadable {
    return format == Format.CSV ? csv(file, store) : parquet(file, store);
  }

  private static List<String> csv(Plan.File file, ObjectStore store) throws Unreadable {
    int length = file.path().endsWith(".zst") ? ZSTD_BYTES : CSV_BYTES;
    byte[] start = file.size() == 0 ? new byte[0] : store.readRange(uri(file), 0, length);
    try (InputStream plain = plain(file, new ByteArrayInputStream(start));
        BufferedReader reader =
            new BufferedReader(new InputStreamReader(plain, StandardCharsets.UTF_8))) {
      String line = reader.readLine();
      if (line == null || line.isBlank()) {
        throw new Unreadable("is empty, but a CSV file begins with a header line");
      }
      return CsvHeader.columns(line);
    } catch (IOException | IllegalArgumentException | MalformedInputException e) {
      throw new Unreadable("is not readable as CSV: " + e.getMessage());
    }
  }

  private static InputStream plain(Plan.File file, InputStream bytes) throws IOException {
    if (file.path().endsWith(".zst")) {
      return new ZstdInputStream(bytes);
    }
    return file.path().endsWith(".gz") ? new GZIPInputStream(bytes) : bytes;
  }

  private static List<String> parquet(Plan.File file, ObjectStore store) throws Unreadable {
    if (file.size() < FOOTER_TAIL + PARQUET.length) {
      throw new Unreadable("is not a Parquet file: it has only " + file.size() + " bytes");
    }
    byte[] tail = store.readRange(uri(file), file.size() - FOOTER_TAIL, FOOTER_TAIL);
    if (tail.length != FOOTER_TAIL
        || !Arrays.equals(Arrays.copyOfRange(tail, 4, FOOTER_TAIL), PARQUET)) {
      throw new Unreadable("is not a Parquet file: it does not end with PAR1");
    }
    int length = ByteBuffer.wrap(tail).order(ByteOrder.LITTLE_ENDIAN).getInt();
    long from = file.size() - FOOTER_TAIL - length;
    if (length <= 0 || length > MAX_FOOTER || from < PARQUET.length) {
      throw new Unreadable("is not a Parquet file: its footer claims " + length + " bytes");
    }
    try (InputStream footer = new ByteArrayInputStream(store.readRange(uri(file), from, length))) {
      return topLevel(Util.readFileMetaData(footer));
    } catch (IOException | RuntimeException e) {
      throw new Unreadable("has a broken Parquet footer: " + e.getMessage());
    }
  }

  /** The schema is a tree in preorder; the children of the root are the columns. */
  private static List<String> topLevel(FileMetaData footer) {
    List<SchemaElement> preorder = footer.getSchema();
    List<String> names = new ArrayList<>();
    int at = 1;
    while (at < preorder.size()) {
      names.add(preorder.get(at).getName());
      at = skip(preorder, at);
    }
    return names;
  }

  private static int skip(List<SchemaElement> preorder, int at) {
    int next = at + 1;
    for (int child = 0; child < preorder.get(at).getNum_children(); child++) {
      next = skip(preorder, next);
    }
    return next;
  }

  private static S3Uri uri(Plan.File file) {
    return S3Uri.parse(file.path());
  }
}
