package dev.x402.tck;

/** Whether a call throws. */
final class Thrower {
    private Thrower() {}

    static boolean throwsAt(Runnable call) {
        try {
            call.run();
            return false;
        } catch (RuleViolation e) {
            throw e;
        } catch (RuntimeException e) {
            return true;
        }
    }
}
