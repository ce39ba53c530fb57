package dev.x402.scheme.ach.bank;

import dev.x402.scheme.ach.AchGateway.Answer;
import dev.x402.spec.ErrorCode;

/** What the simulated bank refuses, each with its code and the field's path. */
final class Refusals {
    static final ErrorCode STALE = new ErrorCode("ach_entry_stale");
    static final ErrorCode DUPLICATE_TRACE = new ErrorCode("ach_duplicate_trace");
    static final ErrorCode DUPLICATE_ID = new ErrorCode("ach_duplicate_end_to_end_id");
    static final ErrorCode DUPLICATE_FILE = new ErrorCode("ach_duplicate_file");
    static final ErrorCode FILE_CONTROL = new ErrorCode("ach_file_control");
    static final ErrorCode ACCOUNT_UNKNOWN = new ErrorCode("ach_account_unknown");
    static final ErrorCode CORRECTION_DUE = new ErrorCode("ach_correction_due");
    static final ErrorCode OVER_LIMIT = new ErrorCode("ach_amount_over_limit");
    static final ErrorCode NOT_GUARANTEED = new ErrorCode("ach_guarantee_exceeded");
    static final ErrorCode UNKNOWN_TRACE = new ErrorCode("ach_unknown_trace");
    static final ErrorCode ALREADY_RETURNED = new ErrorCode("ach_already_returned");
    static final ErrorCode NOT_RETURNABLE = new ErrorCode("ach_not_returnable");
    static final ErrorCode TOO_LATE = new ErrorCode("ach_return_too_late");
    static final ErrorCode UNKNOWN_NOTICE = new ErrorCode("ach_unknown_notice");

    private Refusals() {}

    static Answer.Refused refused(ErrorCode code, String message) {
        return new Answer.Refused(code, message);
    }
}
