using System.Net.Http;
using Azure;
using Azure.Identity;

namespace Mayhem.Targets.Operations;

/// <summary>Tells failures to get an answer from all others.</summary>
internal static class Unanswered
{
    /// <summary>True if a server did not answer, or not well, or could not be asked. False if we were told to stop asking.</summary>
    public static bool Is(Exception failure, CancellationToken cancellationToken) => !cancellationToken.IsCancellationRequested && Is(failure);

    // The SDK puts the failures of several tries together.
    private static bool Is(Exception failure) => failure is HttpRequestException or IOException or OperationCanceledException or RequestFailedException or AuthenticationFailedException
        || (failure is AggregateException several && several.InnerExceptions.All(Is));
}
