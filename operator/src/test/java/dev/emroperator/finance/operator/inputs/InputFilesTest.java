package dev.emroperator.finance.operator.inputs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.emroperator.finance.api.FinancialAnalysisSpec;
import dev.emroperator.finance.api.Reason;
import dev.emroperator.finance.api.run.Plan.FrozenInput;
import dev.emroperator.finance.operator.Samples;
import dev.emroperator.finance.operator.s3.MemoryStore;
import io.airlift.compress.zstd.ZstdOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import org.apache.parquet.format.FieldRepetitionType;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.SchemaElement;
import org.apache.parquet.format.Type;
import org.apache.parquet.format.Util;
import org.junit.jupiter.api.Test;

class InputFilesTest {

  private static final String CSV =
      "Ticker,Date,Open,High,Low,Close,Volume\nIBM,2010-01-04,1,1,1,1,1\n";
  private final MemoryStore store = new MemoryStore();
  private final FinancialAnalysisSpec spec = Samples.spec(Samples.SPEC);

  private Optional<Refusal> columns(FinancialAnalysisSpec of) {
    List<FrozenInput> found = InputFiles.find(of, store).inputs();
    return InputFiles.checkColumns(of, found, store);
  }

  @Test
  void freezesDataFilesAndSkipsWhatEnginesSkip() {
    store.put("s3://market-data/us/daily/a.csv", CSV);
    store.put("s3://market-data/us/daily/year=2011/b.csv", CSV);
    store.put("s3://market-data/us/daily/_SUCCESS", "");
    store.put("s3://market-data/us/daily/_tmp/c.csv", CSV);
    store.put("s3://market-data/us/daily/.hidden", CSV);
    store.put("s3://market-data/us/daily/year=2012/", "");
    store.put("s3://market-data/us/daily2/d.csv", CSV);

    var files = InputFiles.find(spec, store).inputs().get(0).files();

    assertEquals(
        List.of("s3://market-data/us/daily/a.csv", "s3://market-data/us/daily/year=2011/b.csv"),
        files.stream().map(file -> file.path()).toList());
    assertEquals(CSV.length(), files.get(0).size());
  }

  @Test
  void refusesAnInputWithoutFiles() {
    Refusal refusal = InputFiles.find(spec, store).refusal().orElseThrow();
    assertEquals(Reason.INPUT_MISSING, refusal.reason());
    assertTrue(refusal.message().contains("s3://market-data/us/daily/"), refusal.message());
  }

  @Test
  void acceptsCsvWithTheMappedColumnsGzippedToo() throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (var gzip = new GZIPOutputStream(bytes)) {
      gzip.write(CSV.getBytes(StandardCharsets.UTF_8));
    }
    store.objects.put("s3://market-data/us/daily/a.csv.gz", bytes.toByteArray());
    assertEquals(Optional.empty(), columns(spec));
  }

  @Test
  void acceptsCsvThatZstdHasPackedOfAnySize() throws IOException {
    String row = "IBM,2010-01-04,1,1,1,1,1\n";
    byte[] csv = (CSV + row.repeat(200_000)).getBytes(StandardCharsets.UTF_8);
    var bytes = new ByteArrayOutputStream();
    try (var zstd = new ZstdOutputStream(bytes)) {
      zstd.write(csv);
    }
    store.objects.put("s3://market-data/us/daily/a.csv.zst", bytes.toByteArray());
    assertEquals(Optional.empty(), columns(spec));

    store.put("s3://market-data/us/daily/a.csv.zst", CSV);
    assertEquals(Reason.UNREADABLE_FILE, columns(spec).orElseThrow().reason());
  }

  @Test
  void foldersThatNameAColumnGiveIt() {
    store.put(
        "s3://market-data/us/daily/Date=2010-01-04/a.csv", "Ticker,Open,High,Low,Close,Volume\n");
    assertEquals(Optional.empty(), columns(spec));
  }

  @Test
  void aBadFirstFileIsPassedWhereItMayBeLeftOut() {
    store.put("s3://market-data/us/daily/a.csv", "");
    store.put("s3://market-data/us/daily/b.csv", CSV);
    assertEquals(Reason.UNREADABLE_FILE, columns(spec).orElseThrow().reason());
    String quarantine = "format: csv\n    onBadFile: quarantine";
    assertEquals(
        Optional.empty(), columns(Samples.spec(Samples.SPEC.replace("format: csv", quarantine))));
  }

  @Test
  void namesTheColumnThatAFileLacks() {
    store.put("s3://market-data/us/daily/a.csv", "Ticker,Date,Open,Adj Close,Volume\n");
    Refusal refusal = columns(spec).orElseThrow();
    assertEquals(Reason.MISSING_COLUMN, refusal.reason());
    assertTrue(refusal.message().contains("'Close'"), refusal.message());
    assertTrue(refusal.message().contains("a.csv"), refusal.message());
  }

  @Test
  void readsQuotedNamesAndRefusesAnOpenQuote() {
    store.put(
        "s3://market-data/us/daily/a.csv",
        "\"Close, raw\",Ticker,Date,Open,High,Low,\"Close\",Volume\n");
    assertEquals(Optional.empty(), columns(spec));
    store.put("s3://market-data/us/daily/a.csv", "Ticker,Date,\"Close,Volume\n");
    Refusal refusal = columns(spec).orElseThrow();
    assertEquals(Reason.UNREADABLE_FILE, refusal.reason());
    assertTrue(refusal.message().contains("a quote that does not enclose"), refusal.message());
  }

  @Test
  void readsTheColumnsOfAParquetFooter() throws IOException {
    FinancialAnalysisSpec parquet =
        Samples.spec(Samples.SPEC.replace("format: csv", "format: parquet"));
    store.objects.put(
        "s3://market-data/us/daily/a.parquet", parquet("Date", "Ticker", "Close", "Volume"));
    assertEquals(Optional.empty(), columns(parquet));

    store.objects.put("s3://market-data/us/daily/a.parquet", parquet("Date", "Ticker", "Close"));
    assertTrue(columns(parquet).orElseThrow().message().contains("'Volume'"));
  }

  @Test
  void saysWhyAFileIsNotParquet() {
    FinancialAnalysisSpec parquet =
        Samples.spec(Samples.SPEC.replace("format: csv", "format: parquet"));
    store.put("s3://market-data/us/daily/a.parquet", "this is no parquet file at all");
    Refusal refusal = columns(parquet).orElseThrow();
    assertEquals(Reason.UNREADABLE_FILE, refusal.reason());
    assertTrue(refusal.message().contains("PAR1"), refusal.message());
  }

  private static byte[] parquet(String... columns) throws IOException {
    var schema = new java.util.ArrayList<SchemaElement>();
    schema.add(new SchemaElement("root").setNum_children(columns.length + 1));
    schema.add(
        new SchemaElement("nested")
            .setNum_children(1)
            .setRepetition_type(FieldRepetitionType.OPTIONAL));
    schema.add(new SchemaElement("Volume_inside").setType(Type.INT64));
    for (String column : columns) {
      schema.add(new SchemaElement(column).setType(Type.DOUBLE));
    }
    var footer = new ByteArrayOutputStream();
    Util.writeFileMetaData(new FileMetaData(1, schema, 0, List.of()), footer);
    var file = new ByteArrayOutputStream();
    file.write("PAR1".getBytes(StandardCharsets.US_ASCII));
    file.write(footer.toByteArray());
    file.write(ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(footer.size()).array());
    file.write("PAR1".getBytes(StandardCharsets.US_ASCII));
    return file.toByteArray();
  }
}
