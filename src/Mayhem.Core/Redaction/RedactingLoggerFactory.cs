using Microsoft.Extensions.Logging;

namespace Mayhem.Redaction;

/// <summary>Puts redaction between everybody who logs and everybody who listens: no provider gets to see a secret, whoever wrote the line.</summary>
/// <param name="inner">Has the providers. Disposed of with this.</param>
public sealed class RedactingLoggerFactory(ILoggerFactory inner) : ILoggerFactory
{
    /// <inheritdoc />
    public ILogger CreateLogger(string categoryName) => new RedactingLogger(inner.CreateLogger(categoryName));

    /// <inheritdoc />
    public void AddProvider(ILoggerProvider provider) => inner.AddProvider(provider);

    /// <inheritdoc />
    public void Dispose() => inner.Dispose();
}
