using Mayhem.Ledger;
using Mayhem.Messages;

namespace Mayhem.Local.Chaos;

/// <summary>Fails to save the details of requests whose reason is <see cref="ChaosReasons.FailSave"/>. All others go to the inner archive.</summary>
public sealed class ChaosArchive(IRequestArchive inner) : IRequestArchive
{
    /// <inheritdoc />
    public ValueTask SaveAsync(RestartRequest request, string messageId, CancellationToken cancellationToken) =>
        string.Equals(request.Reason, ChaosReasons.FailSave, StringComparison.Ordinal)
            ? ValueTask.FromException(new IOException($"Chaos: request '{request.RequestId}' is not saved on purpose."))
            : inner.SaveAsync(request, messageId, cancellationToken);
}
