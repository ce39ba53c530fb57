package dev.x402.benchmarks;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Makes a benchmark a row of the table; a benchmark without it is the baseline of others. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Figure {
    /** What is measured, in words; unique, since it names the row in the papers. */
    String value();

    /** The method of the same class that is measured beside it. */
    String baseline();

    /** Whether what is asked is meant besides the baseline. */
    boolean besidesBaseline() default false;

    /** The most CPU time that is asked, in microseconds; 0 when nothing is asked. */
    double atMost() default 0;

    /** The most CPU time that is asked, as a multiple of the baseline's; 0 when nothing is asked. */
    double atMostTimes() default 0;
}
