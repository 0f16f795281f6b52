package dev.emroperator.finance.job.input;

import dev.emroperator.finance.api.Format;
import dev.emroperator.finance.api.run.CsvHeader;
import dev.emroperator.finance.api.run.Plan;
import dev.emroperator.finance.job.JobFailure;
import java.io.BufferedReader;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.EtagSource;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.io.compress.CompressionCodec;
import org.apache.hadoop.io.compress.CompressionCodecFactory;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.apache.parquet.schema.Type;

/**
 * What a file says of itself before it is read.
 *
 * @param columns names of its columns, in order
 * @param shape equal for files that can be read together
 * @param rows as the footer of Parquet says; {@link #UNKNOWN} for CSV
 */
record InputFile(Plan.File file, List<String> columns, String shape, long rows) {

  static final long UNKNOWN = -1;

  /**
   * Looks into a file.
   *
   * @throws JobFailure when it is gone, has changed, or is not of the format
   */
  static InputFile inspect(Plan.File file, Format format, Configuration hadoop) {
    Path path = new Path(file.path());
    try {
      FileSystem fs = path.getFileSystem(hadoop);
      FileStatus status = fs.getFileStatus(path);
      if (isChanged(status, file)) {
        throw corrupt(
            file,
            "changed after the run was claimed: it has %d bytes and had %d"
                .formatted(status.getLen(), file.size()));
      }
      return format == Format.CSV
          ? csv(file, fs, path, hadoop)
          : parquet(file, HadoopInputFile.fromStatus(status, hadoop));
    } catch (FileNotFoundException e) {
      throw corrupt(file, "is gone since the run was claimed");
    } catch (IOException | RuntimeException e) {
      throw e instanceof JobFailure failure ? failure : corrupt(file, firstLine(e));
    }
  }

  /** By size, and by ETag where the store has one; some quote it. */
  static boolean isChanged(FileStatus now, Plan.File claimed) {
    boolean sameContent =
        !(now instanceof EtagSource tagged)
            || tagged.getEtag() == null
            || claimed.etag() == null
            || unquoted(tagged.getEtag()).equals(unquoted(claimed.etag()));
    return now.getLen() != claimed.size() || !sameContent;
  }

  private static String unquoted(String etag) {
    return etag.replace("\"", "");
  }

  private static InputFile parquet(Plan.File file, HadoopInputFile input) throws IOException {
    try (ParquetFileReader reader = ParquetFileReader.open(input)) {
      List<Type> fields = reader.getFileMetaData().getSchema().getFields();
      List<String> types =
          fields.stream().map(t -> t.withId(0).toString().replaceFirst("^\\w+ ", "")).toList();
      return new InputFile(
          file,
          fields.stream().map(Type::getName).toList(),
          String.join(";", types),
          reader.getRecordCount());
    }
  }

  private static InputFile csv(Plan.File file, FileSystem fs, Path path, Configuration hadoop)
      throws IOException {
    CompressionCodec codec = new CompressionCodecFactory(hadoop).getCodec(path);
    try (InputStream raw = fs.open(path);
        InputStream plain = codec == null ? raw : codec.createInputStream(raw);
        BufferedReader reader =
            new BufferedReader(new InputStreamReader(plain, StandardCharsets.UTF_8))) {
      String header = reader.readLine();
      if (header == null) {
        throw corrupt(file, "is empty, but a CSV file begins with a header line");
      }
      List<String> columns = CsvHeader.columns(header);
      return new InputFile(file, columns, String.join(",", columns), UNKNOWN);
    }
  }

  private static JobFailure corrupt(Plan.File file, String why) {
    return new JobFailure("CorruptFile", "file " + file.path() + " " + why);
  }

  private static String firstLine(Exception e) {
    String message = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    return "can't be read: " + message.lines().findFirst().orElse(message);
  }
}
