package dev.x402.tck;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Test;

/**
 * A rule of the kit: one test method with a parameter of type {@link Bench}.
 *
 * <p>Ids are stable and never used again for another rule.
 */
@Test
@Documented
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface SpecRule {
    /** Such as {@code X402-VERIFY-05}; the method's name begins {@code verify_05_}. */
    String id();

    /** How binding the rule is. */
    Level level();

    /** Where it comes from, such as {@code v2 §6.1.2}. */
    String spec();

    /** The sentence that it enforces, word for word; empty when it is derived. */
    String quote() default "";

    /** Why it follows, when no sentence says it. */
    String derived() default "";

    /** What the rule is for. */
    String intent();

    /** What the kit does. */
    String does();

    /** What plugins usually did when they failed it. */
    String[] causes();

    /** What must be claimed for the rule to apply. */
    Capability[] needs() default {};

    /** Why the kit cannot test it; empty for a rule that is tested. */
    String untested() default "";
}
