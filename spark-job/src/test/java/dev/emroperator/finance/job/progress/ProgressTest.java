package dev.emroperator.finance.job.progress;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.emroperator.finance.api.Analysis;
import dev.emroperator.finance.api.Format;
import dev.emroperator.finance.api.Output.PartitionBy;
import dev.emroperator.finance.api.kind.Bars;
import dev.emroperator.finance.api.run.Plan;
import dev.emroperator.finance.api.run.ProgressRecord;
import dev.emroperator.finance.job.output.RunFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProgressTest {

  @TempDir Path folder;

  private Instant now = Instant.parse("2026-01-01T00:00:00Z");

  private final Clock clock =
      new Clock() {
        @Override
        public Instant instant() {
          return now;
        }

        @Override
        public ZoneId getZone() {
          return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
          return this;
        }
      };

  private Plan plan() {
    return new Plan(
        Plan.VERSION,
        "run",
        "0f6d2a6e-1",
        "2999-01-01T00:00:00Z",
        List.of(),
        null,
        null,
        0,
        List.of(Analysis.of("daily", "prices", new Bars("1d", null))),
        Format.PARQUET,
        PartitionBy.NONE,
        Map.of(),
        "file:" + folder + "/",
        null);
  }

  private ProgressRecord written() throws IOException {
    return new ObjectMapper()
        .readValue(folder.resolve(Plan.PROGRESS).toFile(), ProgressRecord.class);
  }

  @Test
  void aLongTaskStillGivesASignOfLife() throws IOException {
    Progress progress = new Progress(plan(), new RunFiles(new Configuration()), clock);
    progress.writeIfDue();
    assertEquals(1, written().seq());

    now = now.plus(Duration.ofSeconds(20));
    progress.writeIfDue();
    assertEquals(1, written().seq());

    now = now.plus(Duration.ofSeconds(5));
    progress.writeIfDue();
    assertEquals(2, written().seq());
    assertEquals("2026-01-01T00:00:25Z", written().at());
  }
}
