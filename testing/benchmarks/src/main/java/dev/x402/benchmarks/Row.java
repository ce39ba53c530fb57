package dev.x402.benchmarks;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One figure beside its baseline. */
record Row(Figure figure, String baseline, Measured measured, Measured besides) {

    /** The rows of what was measured, by full names of benchmarks. */
    static List<Row> of(Map<String, Measured> measured) {
        List<Row> rows = new ArrayList<>();
        measured.forEach((name, figures) -> {
            Figure figure = figure(name);
            if (figure != null) {
                String beside = name.substring(0, name.lastIndexOf('.') + 1) + figure.baseline();
                Measured baseline = measured.get(beside);
                if (baseline == null) {
                    throw new IllegalStateException(
                            name + " names the baseline " + figure.baseline() + ", which was not measured");
                }
                rows.add(new Row(figure, figure.baseline(), figures, baseline));
            }
        });
        rows.sort(Comparator.comparing(row -> row.figure().value()));
        return rows;
    }

    /** What the benchmark says of itself; null for a baseline. */
    static @Nullable Figure figure(String name) {
        int dot = name.lastIndexOf('.');
        try {
            for (Method method : Class.forName(name.substring(0, dot)).getMethods()) {
                if (method.getName().equals(name.substring(dot + 1))) {
                    return method.getAnnotation(Figure.class);
                }
            }
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(name + " is no benchmark of this class path", e);
        }
        throw new IllegalStateException(name + " is no method");
    }

    /** Whether what is asked was held; true when nothing is asked. */
    boolean held() {
        return asked() == 0 || counted().cpu() <= asked();
    }

    private double asked() {
        return figure.atMostTimes() == 0 ? figure.atMost() : figure.atMostTimes() * besides.cpu();
    }

    private Measured counted() {
        return figure.besidesBaseline() ? measured.minus(besides) : measured;
    }

    /** The cells in the order of {@link Paper#HEAD}, without the date. */
    List<String> cells() {
        return List.of(
                figure.value(),
                micros(counted().cpu()),
                micros(counted().wall()),
                baseline + (figure.besidesBaseline() ? " (subtracted)" : ""),
                micros(besides.cpu()),
                micros(besides.wall()),
                asked() == 0 ? "" : micros(asked()) + (held() ? "" : ", missed"));
    }

    private static String micros(double value) {
        return String.format(Locale.ROOT, value >= 100 ? "%.0f" : value >= 10 ? "%.1f" : "%.3f", value)
                .replaceAll("(\\.\\d*?)0+$", "$1")
                .replaceAll("\\.$", "");
    }
}
