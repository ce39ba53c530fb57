package dev.x402.testbed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class GuardedProcessTest {

    @Test
    void gives_the_line_that_says_it_is_ready() {
        GuardedProcess.Started started = GuardedProcess.start(
                List.of("sh", "-c", "echo first; echo ready at 7; exec sleep 60"), "ready", Duration.ofSeconds(5));
        started.process().close();
        assertEquals("ready at 7", started.readyLine());
    }

    @Test
    void tells_the_last_output_of_a_program_that_ended_early() {
        IllegalStateException failure = assertThrows(
                IllegalStateException.class,
                () -> GuardedProcess.start(List.of("sh", "-c", "echo no licence"), "ready", Duration.ofSeconds(5)));
        assertEquals("sh ended before it said \"ready\"; its last output: [no licence]", failure.getMessage());
    }

    @Test
    void gives_up_on_a_program_that_is_never_ready() {
        IllegalStateException failure = assertThrows(
                IllegalStateException.class,
                () -> GuardedProcess.start(List.of("sleep", "60"), "ready", Duration.ofMillis(100)));
        assertEquals("sleep said no \"ready\" within PT0.1S; its last output: []", failure.getMessage());
    }

    @Test
    void kills_a_paused_program() {
        GuardedProcess process = GuardedProcess.start(
                        List.of("sh", "-c", "echo ready; exec sleep 60"), "ready", Duration.ofSeconds(5))
                .process();
        process.pause();
        process.close();
        assertFalse(process.isAlive());
    }
}
