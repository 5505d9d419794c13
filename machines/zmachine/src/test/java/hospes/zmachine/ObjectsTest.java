package hospes.zmachine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The object tree in its two layouts: relations, attributes, and that a broken tree ends in a
/// trap.
final class ObjectsTest {
  @ParameterizedTest
  @ValueSource(ints = {3, 5})
  void insertedObjectsAreFirstChildren(int version) {
    try (Playground playground = new Playground(new StoryBuilder(version))) {
      Tree tree = new Tree(playground.core);
      Objects.insertObj(tree.core, 2, 1);
      Objects.insertObj(tree.core, 3, 1);
      Objects.insertObj(tree.core, 4, 1);

      assertEquals("4 3 2", tree.children(1));
      assertEquals(1, tree.parent(3));
      assertTrue(tree.isIn(3, 1));
      assertFalse(tree.isIn(3, 2));

      // In the middle, then at both ends.
      Objects.removeObj(tree.core, 3);
      assertEquals("4 2", tree.children(1));
      assertEquals(0, tree.parent(3));
      assertEquals(0, tree.sibling(3));
      Objects.insertObj(tree.core, 2, 3);
      assertEquals("4", tree.children(1));
      assertEquals("2", tree.children(3));
      Objects.insertObj(tree.core, 4, 3);
      assertEquals("", tree.children(1));
      assertEquals("4 2", tree.children(3));
      Objects.insertObj(tree.core, 2, 3);
      assertEquals("2 4", tree.children(3));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {3, 5})
  void attributesAreSetAndCleared(int version) {
    try (Playground playground = new Playground(new StoryBuilder(version))) {
      Tree tree = new Tree(playground.core);
      int last = version == 3 ? 31 : 47;
      Objects.setAttr(tree.core, 5, 0);
      Objects.setAttr(tree.core, 5, last);

      assertTrue(tree.has(5, 0));
      assertTrue(tree.has(5, last));
      assertFalse(tree.has(5, 1));
      assertFalse(tree.has(4, last));
      assertFalse(tree.has(6, 0));
      Objects.clearAttr(tree.core, 5, last);
      assertFalse(tree.has(5, last));
      assertTrue(tree.has(5, 0));
      assertInstanceOf(ZTrap.IllegalAttribute.class, Playground.trap(() -> tree.has(5, last + 1)));
      assertInstanceOf(
          ZTrap.IllegalAttribute.class,
          Playground.trap(() -> Objects.setAttr(tree.core, 5, last + 1)));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {3, 5})
  void objectZeroIsNothing(int version) {
    try (Playground playground = new Playground(new StoryBuilder(version))) {
      Tree tree = new Tree(playground.core);
      Objects.insertObj(tree.core, 2, 1);
      byte[] before = tree.core.dynamicMemory();
      Objects.insertObj(tree.core, 0, 1);
      Objects.insertObj(tree.core, 1, 0);
      Objects.removeObj(tree.core, 0);
      Objects.setAttr(tree.core, 0, 3);
      Objects.clearAttr(tree.core, 0, 3);

      org.junit.jupiter.api.Assertions.assertArrayEquals(before, tree.core.dynamicMemory());
      assertEquals(0, tree.parent(0));
      assertEquals(0, tree.sibling(0));
      assertEquals("", tree.children(0));
      assertFalse(tree.has(0, 3));
      assertTrue(tree.isIn(0, 0));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {3, 5})
  void thereAreNoObjectsBeyondMemory(int version) {
    try (Playground playground = new Playground(new StoryBuilder(version))) {
      Tree tree = new Tree(playground.core);
      int beyond = version == 3 ? 0x100 : 0xffff;

      assertInstanceOf(ZTrap.IllegalObject.class, Playground.trap(() -> tree.parent(beyond)));
      assertInstanceOf(
          ZTrap.IllegalObject.class,
          Playground.trap(() -> Objects.insertObj(tree.core, 1, beyond)));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {3, 5})
  void aCircleOfSiblingsIsNoticed(int version) {
    try (Playground playground = new Playground(new StoryBuilder(version))) {
      Tree tree = new Tree(playground.core);
      Objects.insertObj(tree.core, 2, 1);
      Objects.insertObj(tree.core, 3, 1);
      int entry = ObjectTree.entry(tree.core, 2);
      // 3 is followed by 2, and 2 by 3; 4 says that it is among them.
      if (version == 3) {
        tree.core.storeByte(entry + ObjectTree.SMALL_SIBLING, 3);
        tree.core.storeByte(ObjectTree.entry(tree.core, 4) + ObjectTree.SMALL_PARENT, 1);
      } else {
        tree.core.storeWord(entry + ObjectTree.SIBLING, 3);
        tree.core.storeWord(ObjectTree.entry(tree.core, 4) + ObjectTree.PARENT, 1);
      }

      assertInstanceOf(
          ZTrap.EndlessTree.class, Playground.trap(() -> Objects.removeObj(tree.core, 4)));
    }
  }

  /// The instructions of one version.
  private record Tree(ZProcessor core) {
    boolean small() {
      return core.version <= 3;
    }

    int parent(int object) {
      return small()
          ? Objects.getParentUntil3(core.memory, object)
          : Objects.getParent(core.memory, object);
    }

    int sibling(int object) {
      return small()
          ? Objects.getSiblingUntil3(core.memory, object)
          : Objects.getSibling(core.memory, object);
    }

    int child(int object) {
      return small()
          ? Objects.getChildUntil3(core.memory, object)
          : Objects.getChild(core.memory, object);
    }

    boolean isIn(int object, int parent) {
      return small()
          ? Objects.jinUntil3(core.memory, object, parent)
          : Objects.jin(core.memory, object, parent);
    }

    boolean has(int object, int attribute) {
      return small()
          ? Objects.testAttrUntil3(core.memory, object, attribute)
          : Objects.testAttr(core.memory, object, attribute);
    }

    String children(int object) {
      StringBuilder list = new StringBuilder();
      for (int child = child(object); child != 0; child = sibling(child)) {
        list.append(list.isEmpty() ? "" : " ").append(child);
      }
      return list.toString();
    }
  }
}
