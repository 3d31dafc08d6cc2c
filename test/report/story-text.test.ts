import assert from 'node:assert/strict';
import { test } from 'node:test';
import { renderTimelineText } from '../../server/core/report/timeline-text.ts';
import { storyOf } from '../order/story-of.ts';

const story = storyOf({
  'users.ts': `import { Controller, Post } from '@nestjs/common';
import { Users } from './service';
@Controller('users')
export class UserController {
  constructor(private readonly users: Users) {}
  @Post()
  async create(body) { // here
    if (!body.email) return { error: 'no address' };
    const user = await this.users.add(body);
    if (body.notify) await mail.send(user);
    return user;
  }
}`,
  'service.ts': `export class Users {
  constructor(private readonly pool: Pool) {}
  async add(body) { const { rows } = await this.pool.query('insert', [body.email]); return rows[0]; }
}`,
});

test('a story as text', () => {
  assert.equal(renderTimelineText({ ...story, file: 'users.ts', steps: story.steps.map(step => ({ ...step, location: { ...step.location, file: step.location.file.replace('/p/', '') } })) }).replaceAll('/p/users.ts', 'users.ts').replaceAll('/p/', ''), `POST /users · UserController.create
users.ts · Node 24, ES module
The way that goes furthest; what leaves it stands below.

When it is called: poll
  1  poll       POST /users · UserController.create, line 7
                  await pool.query('insert')  service.ts:3

In a later turn of the loop: poll
  2  poll       pool.query() settles, service.ts:3  ← 1
  3  microtask  add continues, resumes await at line 3, service.ts:3  ← 2
  4  microtask  create continues, resumes await at line 9, line 9  ← 3
                  await mail.send()  users.ts:10

In a later turn of the loop: poll
  5  poll       mail.send() settles, line 10  ← 4
  6  microtask  create continues, resumes await at line 10, line 10  ← 5
                  returns user  users.ts:11

What leaves this way
  · if body.email does not exist  after 1
      returns {…} (users.ts:8)
  · if pool.query() fails, or mail.send() fails  after 4
      throws that error (service.ts:3)
  · if body.notify does not exist  after 4
      goes on without await mail.send()
`);
});

test('the same in Chinese has no English sentences', () => {
  const text = renderTimelineText(story, undefined, 'zh-cn');
  assert.match(text, /如果 body\.email 不存在/);
  assert.match(text, /跳过 await mail\.send\(\)，继续执行/);
  assert.deepEqual(text.match(/\b(?:if|after|when|settles|continues|resumes|fails|throws|returns|goes|without|line)\b/g), null);
});
