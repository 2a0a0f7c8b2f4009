using Mayhem.Messages;

namespace Mayhem.Core.Tests.Messages;

public class MessagePropertiesTests
{
    [Theory]
    [InlineData(3, 3)]
    [InlineData(-3, 0)]
    [InlineData(4L, 4)]
    [InlineData(long.MaxValue, 0)]
    [InlineData("5", 0)]
    public void Number_WhateverASenderWrote_IsANumberFromZero(object written, int read) =>
        Assert.Equal(read, MessageProperties.Number(new Dictionary<string, object>(StringComparer.Ordinal) { ["n"] = written }, "n"));
}
