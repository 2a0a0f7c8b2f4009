namespace Mayhem.Cli.Up.Load;

/// <summary>A message to be published.</summary>
/// <param name="MessageId">The id by which the broker recognises duplicates.</param>
/// <param name="RequestId">The request's id, sent as the correlation id.</param>
/// <param name="Body">The request as JSON, or something that should have been one.</param>
/// <param name="Host">The host it is about; its session, on a queue with sessions.</param>
/// <param name="IsRepeat">True if the request was sent before.</param>
internal sealed record OutgoingRequest(string MessageId, string RequestId, ReadOnlyMemory<byte> Body, string Host, bool IsRepeat);
