package dev.emroperator.finance.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.emroperator.finance.api.kind.Adjust;
import dev.emroperator.finance.api.kind.AnalysisKind;
import dev.emroperator.finance.api.kind.Asof;
import dev.emroperator.finance.api.kind.Bars;
import dev.emroperator.finance.api.kind.Beta;
import dev.emroperator.finance.api.kind.Correlation;
import dev.emroperator.finance.api.kind.Drawdown;
import dev.emroperator.finance.api.kind.Gapfill;
import dev.emroperator.finance.api.kind.Indicators;
import dev.emroperator.finance.api.kind.Quality;
import dev.emroperator.finance.api.kind.Returns;
import dev.emroperator.finance.api.kind.Rolling;
import dev.emroperator.finance.api.kind.Rollup;
import dev.emroperator.finance.api.kind.Sql;
import dev.emroperator.finance.api.kind.Volatility;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.Objects;
import java.util.stream.Stream;

/** One result: a name, the data it is made of, and exactly one kind. */
@ValidationRule(
    value =
        "[has(self.quality), has(self.adjust), has(self.bars), has(self.gapfill), has(self.returns), has(self.rolling), has(self.indicators),"
            + " has(self.volatility), has(self.drawdown), has(self.beta), has(self.correlation), has(self.asof), has(self.rollup), has(self.sql)].exists_one(kind, kind)",
    message =
        "an analysis has exactly one kind: quality, adjust, bars, gapfill, returns, rolling, indicators, volatility, drawdown"
            + ", beta, correlation, asof, rollup or sql")
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Analysis(
    @Required
        @Pattern(Names.PATTERN)
        @Size(max = Names.MAX_LENGTH)
        @JsonPropertyDescription(
            "Name of the result: its folder in the output, and its entry in status.steps.")
        String name,
    @Required
        @Pattern(Names.PATTERN)
        @Size(max = Names.MAX_LENGTH)
        @JsonPropertyDescription(
            "Name of an input, or of an analysis that stands earlier in the list.")
        String of,
    @JsonPropertyDescription("Rows that break no rule; the others go to a quarantine.")
        Quality quality,
    @JsonPropertyDescription("Prices and volumes adjusted for splits and dividends.") Adjust adjust,
    @JsonPropertyDescription(
            "Open, high, low, close, averages and volume for each ticker and period.")
        Bars bars,
    @JsonPropertyDescription("A row for each time of a grid.") Gapfill gapfill,
    @JsonPropertyDescription("Simple, log, overnight and intraday returns.") Returns returns,
    @JsonPropertyDescription(
            "Statistics over the last rows, or the last span of time, of each ticker.")
        Rolling rolling,
    @JsonPropertyDescription("Moving averages, RSI, MACD and ATR.") Indicators indicators,
    @JsonPropertyDescription("Volatility from closes, or from open, high, low and close.")
        Volatility volatility,
    @JsonPropertyDescription("Losses from the highest price before.") Drawdown drawdown,
    @JsonPropertyDescription("Regression of returns on those of a benchmark.") Beta beta,
    @JsonPropertyDescription("Correlation of the returns of every two tickers.")
        Correlation correlation,
    @JsonPropertyDescription("Each row with the row of another source that held at its time.")
        Asof asof,
    @JsonPropertyDescription("Groups of tickers, such as sectors, at each time.") Rollup rollup,
    @JsonPropertyDescription("One SELECT over named inputs and analyses.") Sql sql) {

  /** An analysis of a kind. */
  public static Analysis of(String name, String of, AnalysisKind kind) {
    return new Analysis(
        name,
        of,
        as(Quality.class, kind),
        as(Adjust.class, kind),
        as(Bars.class, kind),
        as(Gapfill.class, kind),
        as(Returns.class, kind),
        as(Rolling.class, kind),
        as(Indicators.class, kind),
        as(Volatility.class, kind),
        as(Drawdown.class, kind),
        as(Beta.class, kind),
        as(Correlation.class, kind),
        as(Asof.class, kind),
        as(Rollup.class, kind),
        as(Sql.class, kind));
  }

  private static <T extends AnalysisKind> T as(Class<T> type, AnalysisKind kind) {
    return type.isInstance(kind) ? type.cast(kind) : null;
  }

  /**
   * The one kind that is set; null if none is, which only an object that no schema checked can
   * show.
   */
  public AnalysisKind kind() {
    return Stream.of(
            quality,
            adjust,
            bars,
            gapfill,
            returns,
            rolling,
            indicators,
            volatility,
            drawdown,
            beta,
            correlation,
            asof,
            rollup,
            sql)
        .filter(Objects::nonNull)
        .findFirst()
        .orElse(null);
  }
}
