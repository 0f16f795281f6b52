package dev.emroperator.finance.job.kind;

import static dev.emroperator.finance.job.kind.SortedPass.KEYS;

import java.util.Arrays;
import java.util.Iterator;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.SpecificInternalRow;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.unsafe.types.UTF8String;
import scala.collection.JavaConverters;

/**
 * The pass over a partition's rows in Spark's own form: no number becomes an object on the way. One
 * row is filled again and again, as Spark's own operators do.
 */
final class PassOfInternalRows implements Iterator<InternalRow> {

  private final Iterator<InternalRow> rows;
  private final SortedPass.Kernel kernel;
  private final double[] in;
  private final double[] out;
  private final SpecificInternalRow made;
  private UTF8String ticker;

  PassOfInternalRows(Iterator<InternalRow> rows, SortedPass.Kernel kernel, int read, int given) {
    this.rows = rows;
    this.kernel = kernel;
    this.in = new double[read];
    this.out = new double[given];
    DataType[] types = new DataType[KEYS + given];
    Arrays.fill(types, DataTypes.DoubleType);
    types[0] = DataTypes.StringType;
    types[1] = DataTypes.TimestampType;
    types[2] = DataTypes.DateType;
    this.made =
        new SpecificInternalRow(
            JavaConverters.asScalaBufferConverter(Arrays.asList(types)).asScala());
  }

  @Override
  public boolean hasNext() {
    return rows.hasNext();
  }

  @Override
  public InternalRow next() {
    InternalRow row = rows.next();
    UTF8String now = row.getUTF8String(0);
    if (!now.equals(ticker)) {
      // The bytes belong to a row that is filled again.
      ticker = now.copy();
      kernel.begin();
      made.update(0, ticker);
    }
    for (int i = 0; i < in.length; i++) {
      in[i] = row.isNullAt(KEYS + i) ? Double.NaN : row.getDouble(KEYS + i);
    }
    kernel.row(in, out);
    made.setLong(1, row.getLong(1));
    made.setInt(2, row.getInt(2));
    for (int i = 0; i < out.length; i++) {
      if (Double.isNaN(out[i])) {
        made.setNullAt(KEYS + i);
      } else {
        made.setDouble(KEYS + i, out[i]);
      }
    }
    return made;
  }
}
