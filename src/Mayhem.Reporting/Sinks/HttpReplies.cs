using System.Globalization;
using System.Net;
using Mayhem.Reporting.Dispatch;

namespace Mayhem.Reporting.Sinks;

/// <summary>What the answer of a web server means for a report.</summary>
public static class HttpReplies
{
    /// <summary>The failure that an answer stands for. What the sender can do nothing about is refused; everything else may be sent again.</summary>
    /// <param name="response">An answer other than a success.</param>
    /// <param name="now">The time, for a <c>Retry-After</c> that is a date.</param>
    public static ReportNotSentException Failure(HttpResponseMessage response, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(response);
        return new ReportNotSentException(string.Create(CultureInfo.InvariantCulture, $"The answer was {(int)response.StatusCode} {response.ReasonPhrase}."))
        {
            Refused = IsRefusal(response.StatusCode), RetryAfter = RetryAfter(response, now),
        };
    }

    /// <summary>True for answers that say that this very content is not acceptable, now or later.</summary>
    public static bool IsRefusal(HttpStatusCode status) =>
        status is HttpStatusCode.BadRequest or HttpStatusCode.RequestEntityTooLarge or HttpStatusCode.UnsupportedMediaType or HttpStatusCode.UnprocessableEntity;

    private static TimeSpan? RetryAfter(HttpResponseMessage response, DateTimeOffset now) => response.Headers.RetryAfter switch
    {
        { Delta: { } delta } => delta,
        { Date: { } date } => date > now ? date - now : TimeSpan.Zero,
        _ => null,
    };
}
