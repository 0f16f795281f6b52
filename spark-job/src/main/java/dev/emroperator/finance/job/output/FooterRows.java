package dev.emroperator.finance.job.output;

import dev.emroperator.finance.api.run.Manifest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.util.HadoopInputFile;

/** Rows of the Parquet files of a result, which their footers tell without a scan. */
final class FooterRows {

  private FooterRows() {}

  static long of(Path folder, List<Manifest.File> parts, Configuration hadoop) {
    return parts.parallelStream()
        .mapToLong(part -> rows(new Path(folder, part.path()), hadoop))
        .sum();
  }

  private static long rows(Path file, Configuration hadoop) {
    try (ParquetFileReader reader =
        ParquetFileReader.open(HadoopInputFile.fromPath(file, hadoop))) {
      return reader.getRecordCount();
    } catch (IOException e) {
      throw new UncheckedIOException("can't read the footer of " + file + ", just written", e);
    }
  }
}
