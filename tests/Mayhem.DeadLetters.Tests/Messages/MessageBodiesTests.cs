using Azure.Messaging.ServiceBus;
using Mayhem.DeadLetters.Messages;

namespace Mayhem.DeadLetters.Tests.Messages;

public class MessageBodiesTests
{
    [Fact]
    public void DataOf_ABodyThatIsNoData_IsNull() =>
        Assert.Null(MessageBodies.DataOf(() => throw new NotSupportedException("Value cannot be retrieved using the Body property.")));

    [Fact]
    public void DataOf_AnEmptyBody_IsData()
    {
        Assert.Equal(0, MessageBodies.DataOf(() => BinaryData.FromBytes(Array.Empty<byte>()))?.Length);
        Assert.Equal(0, MessageBodies.DataOf(() => null)?.Length);
    }

    [Fact]
    public void Of_ABodyOfBytes_IsThem()
    {
        var message = ServiceBusModelFactory.ServiceBusReceivedMessage(body: BinaryData.FromString("body"));

        Assert.Equal("body"u8.ToArray(), MessageBodies.Of(message).ToArray());
        MessageBodies.ThrowUnlessBytes(message);
    }
}
