package org.bitcoinwatchdog.alerts.sinks;

import jakarta.mail.MessagingException;
import jakarta.mail.SendFailedException;
import java.io.IOException;
import java.util.Optional;
import org.bitcoinwatchdog.alerts.http.FailureText;
import org.bitcoinwatchdog.alerts.notification.SendOutcome;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.eclipse.angus.mail.smtp.SMTPSenderFailedException;

/** The outcome of a failed exchange: 4yz replies may succeed later, 5yz not (RFC 5321, 4.2.1). The text of a reply is not shown. */
final class SmtpReply {
    static final int UNAUTHORIZED = 401;
    private static final int OK = 200;
    private static final int UNAVAILABLE = 503;
    private static final int BAD_REQUEST = 400;
    private static final int FIRST_PERMANENT = 500;

    private SmtpReply() {
    }

    static SendOutcome outcome(MessagingException failure, String host, boolean cutOff) {
        if (failure instanceof SendFailedException failed && failed.getValidSentAddresses() != null
                && failed.getValidSentAddresses().length > 0) {
            return new SendOutcome.Answered(OK, Optional.empty(), "some recipients were refused");
        }
        if (cutOff) {
            return new SendOutcome.Unreachable(host + " did not answer in time");
        }
        int code = code(failure);
        if (code >= FIRST_PERMANENT) {
            return new SendOutcome.Answered(BAD_REQUEST, Optional.empty(), "SMTP " + code);
        }
        if (code > 0) {
            return new SendOutcome.Answered(UNAVAILABLE, Optional.empty(), "SMTP " + code);
        }
        for (Throwable cause = failure.getCause(); cause != null; cause = cause.getCause()) {
            if (cause instanceof IOException io) {
                return new SendOutcome.Unreachable(FailureText.of(io, host));
            }
        }
        return new SendOutcome.Unreachable("the exchange with " + host + " failed: " + failure.getClass().getSimpleName());
    }

    /** The highest code in the chain: the library reports one for each recipient. */
    private static int code(Exception failure) {
        int worst = 0;
        for (Exception next = failure; next instanceof MessagingException chained; next = chained.getNextException()) {
            worst = Math.max(worst, own(next));
        }
        return worst;
    }

    private static int own(Exception failure) {
        if (failure instanceof SMTPAddressFailedException address) {
            return address.getReturnCode();
        }
        if (failure instanceof SMTPSenderFailedException sender) {
            return sender.getReturnCode();
        }
        return failure instanceof SMTPSendFailedException send ? send.getReturnCode() : 0;
    }
}
