package dev.emroperator.finance.job.kind;

import static dev.emroperator.finance.job.kind.SortedPass.KEYS;

import java.util.Iterator;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/** The pass over a partition's rows in the form that is Spark's public interface. */
final class PassOfRows implements Iterator<Row> {

  private final Iterator<Row> rows;
  private final SortedPass.Kernel kernel;
  private final double[] in;
  private final double[] out;
  private String ticker;

  PassOfRows(Iterator<Row> rows, SortedPass.Kernel kernel, int read, int given) {
    this.rows = rows;
    this.kernel = kernel;
    this.in = new double[read];
    this.out = new double[given];
  }

  @Override
  public boolean hasNext() {
    return rows.hasNext();
  }

  @Override
  public Row next() {
    Row row = rows.next();
    if (!row.getString(0).equals(ticker)) {
      ticker = row.getString(0);
      kernel.begin();
    }
    for (int i = 0; i < in.length; i++) {
      in[i] = row.isNullAt(KEYS + i) ? Double.NaN : row.getDouble(KEYS + i);
    }
    kernel.row(in, out);
    Object[] made = new Object[KEYS + out.length];
    for (int i = 0; i < KEYS; i++) {
      made[i] = row.get(i);
    }
    for (int i = 0; i < out.length; i++) {
      made[KEYS + i] = Double.isNaN(out[i]) ? null : (Object) out[i];
    }
    return RowFactory.create(made);
  }
}
