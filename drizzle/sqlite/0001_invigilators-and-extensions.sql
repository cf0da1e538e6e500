CREATE TABLE `exam_extension` (
	`id` text PRIMARY KEY NOT NULL,
	`exam_id` text NOT NULL,
	`minutes` integer NOT NULL,
	`reason` text NOT NULL,
	`people` integer NOT NULL,
	`people_short` integer NOT NULL,
	`granted_by` text NOT NULL,
	`granted_at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `exam_extension_exam` ON `exam_extension` (`exam_id`,`granted_at`);--> statement-breakpoint
CREATE TABLE `exam_invigilator` (
	`exam_id` text NOT NULL,
	`account_id` text NOT NULL,
	PRIMARY KEY(`exam_id`, `account_id`)
);
--> statement-breakpoint
CREATE INDEX `exam_invigilator_account` ON `exam_invigilator` (`account_id`);--> statement-breakpoint
ALTER TABLE `attempt` ADD `added_minutes` integer DEFAULT 0 NOT NULL;